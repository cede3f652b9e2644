package lichessapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxBody is the largest body of a request.
const maxBody = 64 << 10

// params are the fields of a request: of its query, and of a body that is a
// form or a JSON object. Objects within become dotted keys, and null is left
// out.
type params map[string]string

// read reads a body, which may be missing.
func read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, refuse(http.StatusRequestEntityTooLarge, "The body has at most %d bytes", maxBody)
	}
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The body cannot be read")
	}
	return b, nil
}

// readParams reads the fields of a request. Fields of the body win.
func readParams(w http.ResponseWriter, r *http.Request) (params, error) {
	p := make(params)
	p.addAll(r.URL.Query())
	if r.Method == http.MethodGet || r.Method == http.MethodDelete {
		return p, nil
	}
	body, err := read(w, r)
	if err != nil {
		return nil, err
	}
	body = bytes.TrimSpace(body)
	switch {
	case len(body) == 0:
	case body[0] == '{':
		err = p.addJSON(body)
	case strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		err = refuse(http.StatusBadRequest, "The body is not a JSON object")
	default:
		err = p.addForm(string(body))
	}
	return p, err
}

func (p params) addAll(values url.Values) {
	for key, all := range values {
		if len(all) > 0 {
			p[key] = all[0]
		}
	}
}

func (p params) addForm(body string) error {
	values, err := url.ParseQuery(body)
	if err != nil {
		return refuse(http.StatusBadRequest, "The body is not a form")
	}
	p.addAll(values)
	return nil
}

func (p params) addJSON(body []byte) error {
	var fields map[string]any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil || d.More() {
		return refuse(http.StatusBadRequest, "The body is not a JSON object")
	}
	p.flatten("", fields)
	return nil
}

func (p params) flatten(prefix string, fields map[string]any) {
	for key, value := range fields {
		switch v := value.(type) {
		case string:
			p[prefix+key] = v
		case bool:
			p[prefix+key] = strconv.FormatBool(v)
		case json.Number:
			p[prefix+key] = v.String()
		case map[string]any:
			p.flatten(prefix+key+".", v)
		}
	}
}

// truthy reads a yes or no as lichess does.
func truthy(s string) bool {
	switch strings.ToLower(s) {
	case "1", "true", "on", "yes":
		return true
	}
	return false
}

// flag reads a field that is yes or no, with a default.
func (p params) flag(name string, otherwise bool) bool {
	if v, ok := p[name]; ok && v != "" {
		return truthy(v)
	}
	return otherwise
}

// number reads a whole number within bounds, with a default.
func (p params) number(name string, otherwise, least, most int) (int, error) {
	text := p[name]
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, badField(name, "Must be a number from %d to %d", least, most)
	}
	return n, nil
}

// words reads a list with commas between.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' })
}
