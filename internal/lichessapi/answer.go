package lichessapi

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// object is a JSON object whose fields come and go, as foreign ones do.
type object = map[string]any

// done is the answer to a command.
var done = object{"ok": true}

// created is an answer with the status 201.
type created struct{ body any }

// answer writes v as JSON.
func answer(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err)) // only plain fields: cannot fail
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b) // nobody is there to be told
}

// put sets a field unless its value is the zero one.
func put[T comparable](o object, field string, value T) {
	var zero T
	if value != zero {
		o[field] = value
	}
}
