package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// object is a part of a JSON document.
type object = map[string]any

// document is the OpenAPI 3.1 description of every address.
var document = sync.OnceValue(func() []byte {
	components := object{}
	for name, fields := range schemas {
		components[name] = schemaOf(fields)
	}
	paths := map[string]object{}
	for pattern, o := range operations {
		method, path, _ := strings.Cut(pattern, " ")
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path][strings.ToLower(method)] = o.describe(pattern)
	}
	b, err := json.Marshal(object{
		"openapi": "3.1.0",
		"info": object{"title": "Kibitz", "version": "1", "description": "See docs/api.md and docs/protocol.md.",
			"license": object{"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"}},
		"paths": paths,
		"components": object{
			"schemas": components,
			"securitySchemes": object{
				"cookie": object{"type": "apiKey", "in": "cookie", "name": cookieSecure},
				"token":  object{"type": "http", "scheme": "bearer"},
			},
		},
	})
	if err != nil {
		panic(fmt.Sprintf("encode the OpenAPI document: %v", err)) // only plain values: cannot fail
	}
	return b
})

// getOpenAPI answers with the document.
func (s *Server) getOpenAPI(w http.ResponseWriter, _ *http.Request) {
	answerRaw(w, http.StatusOK, document())
}

var wildcard = regexp.MustCompile(`\{(\w+)\}`)

// describe writes an operation.
func (o operation) describe(pattern string) object {
	status := o.status
	if status == 0 {
		status = http.StatusOK
	}
	done := object{"description": http.StatusText(status)}
	if o.out != "" {
		done["content"] = jsonOf(schemaOf(o.out))
	}
	out := object{
		"summary": o.does, "security": o.security(pattern),
		"responses": object{
			fmt.Sprint(status): done,
			"default":          object{"description": "A refusal", "content": jsonOf(object{"$ref": "#/components/schemas/Error"})},
		},
	}
	if o.in != "" {
		out["requestBody"] = object{"content": jsonOf(schemaOf(o.in))}
	}
	var parameters []object
	for _, name := range wildcard.FindAllStringSubmatch(pattern, -1) {
		parameters = append(parameters, object{"name": name[1], "in": "path", "required": true, "schema": object{"type": "string"}})
	}
	if parameters != nil {
		out["parameters"] = parameters
	}
	return out
}

// security says who may: the cookie always does, a token where it has a scope.
func (o operation) security(pattern string) []object {
	if o.who == "" {
		return []object{}
	}
	ways := []object{{"cookie": []string{}}}
	if scope, ok := tokenScopes[pattern]; ok {
		ways = append(ways, object{"token": []string{string(scope)}})
	}
	return ways
}

func jsonOf(schema object) object { return object{"application/json": object{"schema": schema}} }

// schemaOf reads fields as operation has them.
func schemaOf(fields string) object {
	properties, required := object{}, []string{}
	for word := range strings.FieldsSeq(fields) {
		name, optional := strings.CutSuffix(word, "?")
		name, schema := fieldOf(name)
		properties[name] = schema
		if !optional {
			required = append(required, name)
		}
	}
	return object{"type": "object", "properties": properties, "required": required}
}

func fieldOf(word string) (name string, schema object) {
	if kind, name, ok := strings.Cut(word, ":"); ok {
		kind, many := strings.CutSuffix(kind, "[]")
		schema = object{"$ref": "#/components/schemas/" + kind}
		if many {
			schema = object{"type": "array", "items": schema}
		}
		return name, schema
	}
	for mark, schema := range map[string]object{
		"#":  {"type": "integer"},
		"!":  {"type": "boolean"},
		"[]": {"type": "array", "items": object{"type": "string"}},
		"{}": {}, // any JSON
	} {
		if name, ok := strings.CutPrefix(word, mark); ok {
			return name, schema
		}
	}
	return word, object{"type": "string"}
}
