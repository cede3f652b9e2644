package main

import (
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"kibitz/internal/config"
	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
)

// deployed is where the examples are.
const deployed = "../../deploy"

// tool returns the path of a program that checks an example.
func tool(t *testing.T, name string) string {
	t.Helper()
	for _, path := range []string{name, "/usr/sbin/" + name} {
		if found, err := exec.LookPath(path); err == nil {
			return found
		}
	}
	t.Skipf("%s is not installed: scripts/need.sh %s", name, name)
	return ""
}

// checkWith runs a program that must like its arguments.
func checkWith(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %v\n%s", cmd.Args, err, out)
	}
}

func TestHAProxy(t *testing.T) {
	haproxy := tool(t, "haproxy")
	pem := filepath.Join(t.TempDir(), "kibitz.pem")
	out, err := exec.Command(tool(t, "openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
		"-days", "1", "-subj", "/CN=chess.example.org", "-keyout", pem+".key", "-out", pem).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(haproxy, "-c", "-f", filepath.Join(deployed, "haproxy/haproxy.cfg"))
	cmd.Env = append(os.Environ(), "KIBITZ_PEM="+pem)
	checkWith(t, cmd)
}

func TestCaddy(t *testing.T) {
	caddy, home := tool(t, "caddy"), t.TempDir()
	for _, nodes := range []string{"", "127.0.0.1:8080"} {
		cmd := exec.Command(caddy, "validate", "--adapter", "caddyfile", "--config", filepath.Join(deployed, "caddy/Caddyfile"))
		cmd.Env = append(os.Environ(), "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home)
		if nodes != "" {
			cmd.Env = append(cmd.Env, "KIBITZ_NODES="+nodes)
		}
		checkWith(t, cmd)
	}
}

// The units are checked with a program of the name that they start.
func TestUnits(t *testing.T) {
	analyze, dir := tool(t, "systemd-analyze"), t.TempDir()
	program := filepath.Join(dir, "kibitz")
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	units, err := filepath.Glob(filepath.Join(deployed, "systemd/*.service"))
	if err != nil || len(units) < 4 {
		t.Fatalf("units %v, %v; want at least 4", units, err)
	}
	for _, unit := range units {
		text, err := os.ReadFile(unit)
		if err != nil {
			t.Fatal(err)
		}
		checkFlags(t, unit, string(text))
		copied := filepath.Join(dir, filepath.Base(unit))
		if err := os.WriteFile(copied, []byte(strings.ReplaceAll(string(text), "/usr/local/bin/kibitz", program)), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(analyze, "verify", "--man=no", copied).CombinedOutput()
		if err != nil || strings.Contains(string(out), filepath.Base(unit)+":") {
			t.Errorf("%s: %v\n%s", unit, err, out)
		}
	}
}

var flagOfServe = regexp.MustCompile(`(?m)^ExecStart=\S+ serve (.*)$`)

// checkFlags finds flags in a unit that `kibitz serve` does not have.
func checkFlags(t *testing.T, unit, text string) {
	t.Helper()
	found := flagOfServe.FindStringSubmatch(text)
	if found == nil {
		t.Errorf("%s does not start kibitz serve", unit)
		return
	}
	settings, _ := serveSettings(io.Discard)
	for word := range strings.FieldsSeq(found[1]) {
		name, isFlag := strings.CutPrefix(word, "--")
		if isFlag && name != "config" && settings.Flags.Lookup(name) == nil {
			t.Errorf("%s: kibitz serve has no %s", unit, word)
		}
	}
}

// composeFile is what the tests read of one.
type composeFile struct {
	Services map[string]struct {
		Image       string
		Environment map[string]string
		Healthcheck any
	}
}

func readCompose(t *testing.T, name string) composeFile {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(deployed, "compose", name))
	if err != nil {
		t.Fatal(err)
	}
	var f composeFile
	if err := yaml.Unmarshal(text, &f); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// Images are pinned, and every variable of ours is a setting of the server.
func TestCompose(t *testing.T) {
	settings, _ := serveSettings(io.Discard)
	pinned := regexp.MustCompile(`^[a-z]+:\d+(\.\d+)*$`)
	for name, want := range map[string]map[string]int{
		"one.yaml":     {"kibitz": 1},
		"cluster.yaml": {"nats": 3, "postgres": 1, "memcached": 2, "gateway": 2, "app": 3, "worker": 2},
	} {
		got := map[string]int{}
		for service, s := range readCompose(t, name).Services {
			got[strings.TrimRight(service, "0123456789")]++
			if !pinned.MatchString(s.Image) {
				t.Errorf("%s: %s: the image %q has no version", name, service, s.Image)
			}
			for variable := range s.Environment {
				if setting, ours := strings.CutPrefix(variable, "KIBITZ_"); ours {
					setting = strings.ReplaceAll(strings.ToLower(setting), "_", "-")
					if settings.Flags.Lookup(setting) == nil {
						t.Errorf("%s: %s: kibitz serve has no setting %s", name, service, variable)
					}
				}
			}
			if role := s.Environment["KIBITZ_ROLE"]; role != "" && role != strings.TrimRight(service, "0123456789") {
				t.Errorf("%s: %s has the role %s", name, service, role)
			}
		}
		for kind, n := range want {
			if got[kind] != n {
				t.Errorf("%s: %d %s, want %d", name, got[kind], kind, n)
			}
		}
	}
}

// The settings of the cluster's gateways, app servers and workers are taken,
// as `kibitz config` says.
func TestComposeSettings(t *testing.T) {
	for service, s := range readCompose(t, "cluster.yaml").Services {
		if s.Environment["KIBITZ_ROLE"] == "" {
			continue
		}
		settings, cfg := serveSettings(io.Discard)
		settings.Getenv = func(name string) (string, bool) { v, ok := s.Environment[name]; return v, ok }
		if err := settings.Resolve(nil); err != nil {
			t.Errorf("%s: %v", service, err)
		}
		if cfg.Cluster.Name != service || cfg.Cluster.Advertise != service+":8080" || cfg.MetricsListen == "" {
			t.Errorf("%s: %+v", service, cfg.Cluster)
		}
	}
}

// The image has no shell and no root, and asks itself how it is with a command
// that there is.
func TestDockerfile(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(deployed, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	_, last, ok := strings.Cut(string(text), "\nFROM scratch\n")
	if !ok || strings.Contains(last, "\nFROM ") || strings.Contains(last, "\nRUN ") {
		t.Error("the last stage is not from scratch, or runs something there")
	}
	for _, want := range []string{"USER 65532:65532", "VOLUME /data", `"/kibitz", "status", "--healthy"`} {
		if !strings.Contains(last, want) {
			t.Errorf("there is no %s", want)
		}
	}
	settings, _ := serveSettings(io.Discard)
	for _, line := range regexp.MustCompile(`(?m)^ENV (.*)$`).FindAllStringSubmatch(last, -1) {
		for word := range strings.FieldsSeq(line[1]) {
			name, _, _ := strings.Cut(word, "=")
			known := false
			settings.Flags.VisitAll(func(f *flag.Flag) { known = known || config.Variable(f.Name) == name })
			if !known {
				t.Errorf("kibitz serve has no setting %s", name)
			}
		}
	}
}

// TestNATSConfig starts a server as configured, but alone, and opens a journal
// on it: it syncs, says so, and takes messages that are large enough.
func TestNATSConfig(t *testing.T) {
	natstest.Start(t, natstest.Options{}) // builds the program, or skips
	program, err := filepath.Abs("../../bin/nats-server")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(deployed, "compose/nats.conf")
	env := append(os.Environ(), "NAME=nats1", "NATS_PASSWORD=one", "NATS_SYSTEM_PASSWORD=two")
	whole := exec.Command(program, "-t", "-c", file)
	whole.Env = env
	checkWith(t, whole)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	own, _, ok := strings.Cut(string(text), "\ncluster {")
	if !ok || !strings.Contains(own, "sync_interval: always") {
		t.Fatal("the configuration is of no cluster, or does not sync")
	}
	dir := t.TempDir()
	alone := filepath.Join(dir, "nats.conf")
	own = strings.NewReplacer(`"0.0.0.0:4222"`, `"127.0.0.1:-1"`, `"/data"`, `"`+dir+`"`, "100GB", "1GB").Replace(own)
	if err := os.WriteFile(alone, []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program, "-c", alone, "--ports_file_dir", dir)
	server.Env = env
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	url := natsAddress(t, dir)
	client, err := natsstore.Connect(natsstore.Options{URLs: strings.Replace(url, "nats://", "nats://kibitz:one@", 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	journal, err := client.OpenJournal(t.Context(), natsstore.JournalOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := journal.Close(); err != nil {
		t.Error(err)
	}
}

// natsAddress waits for the file in which a server says where it listens.
func natsAddress(t *testing.T, dir string) string {
	t.Helper()
	address := regexp.MustCompile(`nats://127\.0\.0\.1:\d+`)
	for range 500 {
		files, _ := filepath.Glob(filepath.Join(dir, "*.ports"))
		for _, file := range slices.Sorted(slices.Values(files)) {
			text, err := os.ReadFile(file)
			if found := address.Find(text); err == nil && found != nil {
				return string(found)
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the NATS server does not say where it listens")
	return ""
}
