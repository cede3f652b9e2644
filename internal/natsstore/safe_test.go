package natsstore_test

import (
	"errors"
	"strings"
	"testing"

	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
)

// TestRefusesToLoseRecords opens a journal on servers of every kind.
func TestRefusesToLoseRecords(t *testing.T) {
	t.Parallel() // most of it is waiting
	for _, row := range []struct {
		name    string
		servers natstest.Options
		options natsstore.JournalOptions
		system  bool // name the user of the system account
		unsafe  bool // ErrUnsafe is wanted
		says    string
	}{
		{name: "safe"},
		{name: "lazy", servers: natstest.Options{Lazy: true}, unsafe: true, says: "set sync_interval: always"},
		{name: "lazy, and it is wanted so", servers: natstest.Options{Lazy: true}, options: natsstore.JournalOptions{Unsafe: true}},
		{name: "three lazy", servers: natstest.Options{Lazy: true, Servers: 3}, unsafe: true, says: "n1"},
		{name: "silent", servers: natstest.Options{Silent: true}, unsafe: true, says: "$SYS.REQ.SERVER.PING.JSZ"},
		{name: "silent, asked as system", servers: natstest.Options{Silent: true}, system: true},
		{name: "lazy, asked as system", servers: natstest.Options{Silent: true, Lazy: true}, system: true, unsafe: true, says: "n1"},
		{name: "small messages", servers: natstest.Options{SmallPayload: true}, says: "max_payload: 2MB"},
		{name: "too many streams", options: natsstore.JournalOptions{Streams: 17}, says: "1 to 16 streams"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := natstest.Start(t, row.servers)
			if row.system {
				row.options.SystemURLs = c.SystemURL
			}
			j, err := mustConnect(t, c.URL).OpenJournal(t.Context(), row.options)
			if errors.Is(err, natsstore.ErrUnsafe) != row.unsafe || (err == nil) != (row.says == "") {
				t.Fatalf("got %v", err)
			}
			if err != nil && !strings.Contains(err.Error(), row.says) {
				t.Errorf("%v does not say %q", err, row.says)
			}
			if err == nil {
				_ = j.Close()
			}
		})
	}
}

// The number of streams is that of the first who made them.
func TestStreamsStay(t *testing.T) {
	t.Parallel() // most of it is waiting
	c := natstest.Start(t, natstest.Options{})
	for _, row := range []struct {
		streams int
		ok      bool
	}{{2, true}, {0, true}, {2, true}, {4, false}} {
		j, err := mustConnect(t, c.URL).OpenJournal(t.Context(), natsstore.JournalOptions{Streams: row.streams})
		if (err == nil) != row.ok {
			t.Errorf("%d streams where there are 2: got %v", row.streams, err)
		}
		if err == nil {
			_ = j.Close()
		}
	}
}
