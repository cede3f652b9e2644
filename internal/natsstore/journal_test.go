package natsstore_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/natsstore"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/table/tabletest"
)

// opened is a journal that closes its connection, too.
type opened struct {
	*natsstore.Journal
	client *natsstore.Client
}

func (o opened) Close() error {
	err := o.Journal.Close()
	o.client.Close()
	return err
}

func mustConnect(tb testing.TB, url string) *natsstore.Client {
	tb.Helper()
	c, err := natsstore.Connect(natsstore.Options{URLs: url, Name: "test", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(c.Close)
	return c
}

func mustOpen(tb testing.TB, url string, o natsstore.JournalOptions) opened {
	tb.Helper()
	c := mustConnect(tb, url)
	j, err := c.OpenJournal(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	return opened{j, c}
}

// empty takes away the streams of an earlier test.
func empty(tb testing.TB, url string) {
	tb.Helper()
	nc, err := nats.Connect(url)
	if err != nil {
		tb.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		tb.Fatal(err)
	}
	for s := range 16 {
		if err := js.DeleteStream(tb.Context(), fmt.Sprintf("TABLES_%d", s)); err != nil {
			return
		}
	}
}

// TestJournal runs the contract on one server, and on three.
func TestJournal(t *testing.T) {
	t.Parallel() // most of it is waiting
	for _, servers := range []int{1, 3} {
		t.Run(fmt.Sprintf("%d servers", servers), func(t *testing.T) {
			cluster := natstest.Start(t, natstest.Options{Servers: servers})
			tabletest.Journal(t, func(t *testing.T) tabletest.Storage {
				empty(t, cluster.URL)
				return tabletest.Storage{
					Open: func(t *testing.T) tabletest.OpenJournal {
						return mustOpen(t, cluster.URL, natsstore.JournalOptions{Streams: 2})
					},
					ForgetsLater: true,
				}
			})
		})
	}
}
