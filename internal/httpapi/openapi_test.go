package httpapi

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestOperationsAreTheRoutes compares the two lists of addresses.
func TestOperationsAreTheRoutes(t *testing.T) {
	var s Server
	s.pages = &pages{}
	routes := s.routes()
	for pattern := range routes {
		if _, path, ok := strings.Cut(pattern, " "); !ok || path == "" {
			continue // what takes the rest
		}
		if o, ok := operations[pattern]; !ok || o.does == "" {
			t.Errorf("%s is not described; give it a line in operations.go, and in docs/api.md", pattern)
		}
	}
	for pattern := range operations {
		if routes[pattern] == nil {
			t.Errorf("%s is described, and is no route", pattern)
		}
	}
	for pattern := range tokenScopes {
		if routes[pattern] == nil {
			t.Errorf("tokens may use %s, which is no route", pattern)
		}
	}
}

// TestDocument reads the document as a client does.
func TestDocument(t *testing.T) {
	var d struct {
		OpenAPI    string
		Paths      map[string]map[string]json.RawMessage
		Components struct {
			Schemas map[string]json.RawMessage
		}
	}
	if err := json.Unmarshal(document(), &d); err != nil {
		t.Fatal(err)
	}
	if d.OpenAPI != "3.1.0" {
		t.Errorf("openapi = %q", d.OpenAPI)
	}
	for _, part := range strings.Split(string(document()), `"$ref":"#/components/schemas/`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		if d.Components.Schemas[name] == nil {
			t.Errorf("there is no schema %s", name)
		}
	}
	methods := []string{"get", "put", "post", "delete", "patch"}
	for path, item := range d.Paths {
		for method, o := range item {
			if !slices.Contains(methods, method) {
				t.Errorf("%s: %s is no method", path, method)
			}
			if strings.Contains(path, "{") != strings.Contains(string(o), `"in":"path"`) {
				t.Errorf("%s %s: its parameters are not described: %s", method, path, o)
			}
		}
	}
	me := string(d.Paths["/api/v1/me"]["get"])
	for _, want := range []string{`"security":[{"cookie":[]},{"token":["read"]}]`, `"required":["user"]`, `"$ref":"#/components/schemas/User"`} {
		if !strings.Contains(me, want) {
			t.Errorf("%s lacks %s", me, want)
		}
	}
}
