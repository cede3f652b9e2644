package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// erasedText stands in place of what somebody wrote whose account is closed.
const erasedText = "(erased)"

// chatType is the type of a line of chat; it is stored.
const chatType = "table.chat"

// Named returns everybody whom records name: who did something, and whom the
// table's own events speak of.
func Named(records []table.Record) (map[account.ID]bool, error) {
	all := make(map[account.ID]bool)
	for i := range records {
		r := &records[i]
		if r.Actor != "" {
			all[r.Actor] = true
		}
		if !speaks(r) {
			continue
		}
		v, err := parseOrdered(r.Data)
		if err != nil {
			return nil, fmt.Errorf("%w: record %d: %w", game.ErrMalformed, r.Seq, err)
		}
		v.eachPerson(func(person object) { all[account.ID(person.text("user"))] = true })
	}
	return all, nil
}

// speaks reports whether a record may name people in its data. Games know
// seats, and nobody's name.
func speaks(r *table.Record) bool {
	return strings.HasPrefix(r.Type, "table.") && (r.Type == chatType || bytes.Contains(r.Data, []byte(`"user"`)))
}

// Erase returns records in which nothing says what some people were called, or
// what they wrote. All else stays, and the records given are not changed.
func Erase(records []table.Record, who map[account.ID]bool) ([]table.Record, error) {
	out := append([]table.Record(nil), records...)
	for i := range out {
		r := &out[i]
		if !speaks(r) {
			continue
		}
		v, err := parseOrdered(r.Data)
		if err != nil {
			return nil, fmt.Errorf("%w: record %d: %w", game.ErrMalformed, r.Seq, err)
		}
		if !eraseIn(v, r, who) {
			continue
		}
		if r.Data, err = v.append(nil); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// eraseIn changes the data of a record, and reports whether there was reason
// to.
func eraseIn(v value, r *table.Record, who map[account.ID]bool) bool {
	changed := false
	if body, ok := v.is.(object); ok && r.Type == chatType && who[r.Actor] {
		body.set("name", ClosedName)
		body.set("text", erasedText)
		changed = true
	}
	v.eachPerson(func(person object) {
		if who[account.ID(person.text("user"))] {
			person.set("name", ClosedName)
			changed = true
		}
	})
	return changed
}

// value is JSON that keeps the order of its members: an object, a []value, or
// a token.
type value struct{ is any }

type object []member

type member struct {
	key   string
	value *value
}

// text returns a member that is text; empty for none.
func (o object) text(key string) string {
	for _, m := range o {
		if m.key == key {
			s, _ := m.value.is.(string)
			return s
		}
	}
	return ""
}

// set changes a member that is there.
func (o object) set(key, text string) {
	for _, m := range o {
		if m.key == key {
			m.value.is = text
		}
	}
}

// eachPerson calls do with every object that has a user.
func (v value) eachPerson(do func(object)) {
	switch x := v.is.(type) {
	case object:
		if x.text("user") != "" {
			do(x)
		}
		for _, m := range x {
			m.value.eachPerson(do)
		}
	case []value:
		for _, one := range x {
			one.eachPerson(do)
		}
	}
}

// maxNested is how deep JSON is followed.
const maxNested = 100

// parseOrdered reads one value of JSON.
func parseOrdered(data []byte) (value, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := readValue(d, maxNested)
	if err != nil {
		return v, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return v, errors.New("more than one value")
	}
	return v, nil
}

func readValue(d *json.Decoder, room int) (v value, err error) {
	t, err := d.Token()
	if err != nil {
		return v, err
	}
	if room == 0 {
		return v, errors.New("nested too deeply")
	}
	switch t {
	case json.Delim('{'):
		v.is, err = readObject(d, room-1)
	case json.Delim('['):
		list := []value{}
		for err == nil && d.More() {
			var one value
			one, err = readValue(d, room-1)
			list = append(list, one)
		}
		v.is = list
		if err == nil {
			_, err = d.Token()
		}
	default:
		v.is = t
	}
	return v, err
}

func readObject(d *json.Decoder, room int) (object, error) {
	o := object{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := readValue(d, room)
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		o = append(o, member{name, &v})
	}
	_, err := d.Token()
	return o, err
}

// append writes JSON as json.Marshal does.
func (v value) append(b []byte) (_ []byte, err error) {
	switch x := v.is.(type) {
	case object:
		b = append(b, '{')
		for i, m := range x {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = (value{m.key}).append(b); err != nil {
				return nil, err
			}
			if b, err = m.value.append(append(b, ':')); err != nil {
				return nil, err
			}
		}
		return append(b, '}'), nil
	case []value:
		b = append(b, '[')
		for i, one := range x {
			if i > 0 {
				b = append(b, ',')
			}
			if b, err = one.append(b); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	}
	text, err := json.Marshal(v.is)
	return append(b, text...), err
}
