package web_test

import (
	"io/fs"
	"regexp"
	"testing"

	"kibitz/web"
)

func TestFilesAgreeWithBuilt(t *testing.T) {
	_, err := fs.Stat(web.Files(), "index.html")
	if got, want := web.Built(), err == nil; got != want {
		t.Errorf("Built() = %v, but looking for index.html gave %v", got, err)
	}
}

func TestBuildIsAFingerprintWhenBuilt(t *testing.T) {
	got := web.Build()
	if !web.Built() {
		if got != "" {
			t.Errorf("Build() = %q without a built client, want none", got)
		}
		return
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}$`).MatchString(got) {
		t.Errorf("Build() = %q, want 8 hex digits", got)
	}
}

func TestBuiltFilesHaveCompressedCopies(t *testing.T) {
	if !web.Built() {
		t.Skip("the web client is not built: run `npm ci && npm run build` in web/")
	}
	for _, name := range []string{"index.html.gz", "index.html.br", "theme.js.gz", "theme.js.br"} {
		if _, err := fs.Stat(web.Files(), name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
