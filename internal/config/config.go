// Package config resolves settings: a flag goes over the environment, the
// environment over the file, and the file over the default. A setting is a
// flag of a flag.FlagSet; its name in the environment is KIBITZ_NAME, with
// underscores for dashes, and KIBITZ_NAME_FILE names a file that holds the
// value, as for secrets.
package config

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// ErrSetting is returned, wrapped with what is wrong and where, for a setting
// that cannot be used.
var ErrSetting = errors.New("bad setting")

// fileFlag names the flag that names the settings file.
const fileFlag = "config"

// Source is where the value of a setting came from.
type Source string

// The sources, the strongest first.
const (
	FromFlag        Source = "flag"
	FromEnvironment Source = "environment"
	FromFile        Source = "file"
	FromDefault     Source = "default"
)

// Resolver fills the settings of a command.
type Resolver struct {
	// Flags are the settings; Resolve adds --config to them.
	Flags *flag.FlagSet
	// Getenv looks up the environment, usually os.LookupEnv.
	Getenv func(string) (string, bool)

	sources map[string]Source
}

// Resolve reads the arguments, the environment and the file. It returns
// flag.ErrHelp when help was asked for, and otherwise errors that wrap
// ErrSetting.
func (r *Resolver) Resolve(args []string) error {
	r.sources = map[string]Source{}
	path := r.Flags.String(fileFlag, "", "a `file` of settings, a line \"name = value\" each")
	if err := r.Flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w: %w", ErrSetting, err)
	}
	r.Flags.Visit(func(f *flag.Flag) { r.sources[f.Name] = FromFlag })
	if err := r.environment(); err != nil {
		return err
	}
	return r.file(*path)
}

// Source says where the value of a setting came from.
func (r *Resolver) Source(name string) Source {
	if s, ok := r.sources[name]; ok {
		return s
	}
	return FromDefault
}

// Variable returns the name of a setting in the environment.
func Variable(name string) string {
	return "KIBITZ_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

func (r *Resolver) environment() error {
	var failed error
	r.Flags.VisitAll(func(f *flag.Flag) {
		value, ok, err := r.lookup(Variable(f.Name))
		if err == nil && ok {
			err = r.set(f.Name, value, FromEnvironment)
		}
		if failed == nil {
			failed = err
		}
	})
	return failed
}

// lookup returns a variable, or what is in the file that its _FILE names.
func (r *Resolver) lookup(variable string) (string, bool, error) {
	if value, ok := r.Getenv(variable); ok {
		return value, true, nil
	}
	path, ok := r.Getenv(variable + "_FILE")
	if !ok {
		return "", false, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", false, fmt.Errorf("%w: %s_FILE: %w", ErrSetting, variable, err)
	}
	return strings.TrimRight(string(data), "\r\n"), true, nil
}

// file reads the settings file, if one is named.
func (r *Resolver) file(path string) error {
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return fmt.Errorf("%w: --%s %s: %w", ErrSetting, fileFlag, path, err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if err := r.line(lines.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return lines.Err()
}

func (r *Resolver) line(line string) error {
	line = strings.TrimSpace(line)
	if line == "" || strings.HasPrefix(line, "#") {
		return nil
	}
	name, value, ok := strings.Cut(line, "=")
	if !ok {
		return fmt.Errorf("%w: %q is not of the form name = value", ErrSetting, line)
	}
	return r.set(strings.TrimSpace(name), strings.TrimSpace(value), FromFile)
}

// set gives a setting a value, unless a stronger source gave it one.
func (r *Resolver) set(name, value string, from Source) error {
	if r.Flags.Lookup(name) == nil {
		return fmt.Errorf("%w: there is no setting %q", ErrSetting, name)
	}
	if _, ok := r.sources[name]; ok {
		return nil
	}
	if err := r.Flags.Set(name, value); err != nil {
		return fmt.Errorf("%w: %s from the %s: %w", ErrSetting, name, from, err)
	}
	r.sources[name] = from
	return nil
}

// Print writes every setting with its value and where it came from.
func (r *Resolver) Print(w io.Writer) {
	r.Flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(w, "%-18s %-28q %-12s %s\n", f.Name, f.Value.String(), r.Source(f.Name), Variable(f.Name))
	})
}
