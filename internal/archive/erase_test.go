package archive_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

func TestErase(t *testing.T) {
	const ann, bob = account.ID("AnnAnnAnnAnn"), account.ID("BobBobBobBob")
	for _, tt := range []struct {
		name, typ, data, want string
		actor                 account.ID
		named                 map[account.ID]bool
	}{
		{"a setup", "table.created",
			`{"kind":"chess","control":{"initial":1},"seats":[{"user":"AnnAnnAnnAnn","name":"Ann","rating":1500},{"user":"","name":""}],"invited":{"user":"BobBobBobBob","name":"Bob"},"games":12345678901234567890}`,
			`{"kind":"chess","control":{"initial":1},"seats":[{"user":"AnnAnnAnnAnn","name":"closed account","rating":1500},{"user":"","name":""}],"invited":{"user":"BobBobBobBob","name":"Bob"},"games":12345678901234567890}`,
			"", map[account.ID]bool{ann: true, bob: true}},
		{"sitting down", "table.seated", `{"seat":0,"player":{"user":"AnnAnnAnnAnn","name":"Ann"}}`,
			`{"seat":0,"player":{"user":"AnnAnnAnnAnn","name":"closed account"}}`, ann, map[account.ID]bool{ann: true}},
		{"her chat", "table.chat", `{"room":"players","name":"Ann","text":"call me: 555"}`,
			`{"room":"players","name":"closed account","text":"(erased)"}`, ann, map[account.ID]bool{ann: true}},
		{"what others wrote", "table.chat", `{"room":"players","name":"Bob","text":"hi <&> Ann"}`,
			`{"room":"players","name":"Bob","text":"hi <&> Ann"}`, bob, map[account.ID]bool{bob: true}},
		{"an event of a game", "move", `{"user":"AnnAnnAnnAnn","name":"Ann"}`, `{"user":"AnnAnnAnnAnn","name":"Ann"}`, ann, map[account.ID]bool{ann: true}},
		{"no people", "table.held", `{"seat":0}`, `{"seat":0}`, "", map[account.ID]bool{}},
	} {
		in := []table.Record{{Seq: 1, Type: tt.typ, Data: []byte(tt.data), Actor: tt.actor}}
		named, err := archive.Named(in)
		if err != nil || !reflect.DeepEqual(named, tt.named) {
			t.Errorf("%s: Named() = %v, %v, want %v", tt.name, named, err, tt.named)
		}
		out, err := archive.Erase(in, map[account.ID]bool{ann: true})
		if err != nil || string(out[0].Data) != tt.want {
			t.Errorf("%s: Erase() = %s, %v\nwant %s", tt.name, out[0].Data, err, tt.want)
		}
		if string(in[0].Data) != tt.data {
			t.Errorf("%s: the record given became %s", tt.name, in[0].Data)
		}
	}
	bad := []table.Record{{Seq: 1, Type: "table.seated", Data: []byte(`{"user":`)}}
	if _, err := archive.Erase(bad, nil); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("Erase() of half an event = %v, want ErrMalformed", err)
	}
	if _, err := archive.Named(bad); !errors.Is(err, game.ErrMalformed) {
		t.Errorf("Named() of half an event = %v, want ErrMalformed", err)
	}
}

// TestEraseRepacks erases a player, a stranger and everybody from games, and
// packs them again.
func TestEraseRepacks(t *testing.T) {
	for seed := range uint64(20) {
		records := someGame(t, seed)
		for i := range records {
			records[i].Action = ""
		}
		same, err := archive.Erase(records, map[account.ID]bool{"Nobody000000": true})
		if err != nil || !reflect.DeepEqual(same, records) {
			t.Fatalf("seed %d: erasing nobody changes records: %v", seed, err)
		}
		out, err := archive.Erase(records, map[account.ID]bool{"AnnAnnAnnAnn": true, "StrangerXX01": true})
		if err != nil {
			t.Fatal(err)
		}
		g, blob := packed(t, out)
		back, err := archive.Unpack(&g, cards["highcard"], blob)
		if err != nil {
			t.Fatal(err)
		}
		for i := range back {
			if !bytes.Equal(back[i].Data, out[i].Data) {
				t.Fatalf("seed %d: record %d came back as %s, want %s", seed, i+1, back[i].Data, out[i].Data)
			}
			for _, name := range []string{`"Ann"`, "Stranger", "who wins"} {
				if bytes.Contains(back[i].Data, []byte(name)) && back[i].Actor != "BobBobBobBob" {
					t.Errorf("seed %d: %s is left in %s", seed, name, back[i].Data)
				}
			}
		}
		if !g.Players[0].Closed() || g.Players[1].Closed() {
			t.Errorf("seed %d: the players are %+v", seed, g.Players)
		}
	}
}

// FuzzErase erases a person from anything that a table could have stored.
func FuzzErase(f *testing.F) {
	for _, records := range [][]table.Record{someGame(f, 1), someGame(f, 3)} {
		for _, r := range records {
			f.Add(r.Type, r.Data)
		}
	}
	f.Add("table.chat", []byte(`{"name":"Ann","text":"x","user":{"user":"AnnAnnAnnAnn","name":["Ann"]}}`))
	f.Add("table.seated", []byte(`[[[[{"user":"AnnAnnAnnAnn","name":"Ann","name":"Ann"}]]]]`))
	f.Fuzz(func(t *testing.T, typ string, data []byte) {
		in := []table.Record{{Seq: 1, Type: typ, Data: data, Actor: "AnnAnnAnnAnn"}}
		who := map[account.ID]bool{"AnnAnnAnnAnn": true}
		out, err := archive.Erase(in, who)
		if err != nil {
			if !errors.Is(err, game.ErrMalformed) {
				t.Fatalf("Erase() = %v, want nil or ErrMalformed", err)
			}
			return
		}
		if !bytes.Equal(out[0].Data, data) && !json.Valid(out[0].Data) {
			t.Fatalf("%q became %q", data, out[0].Data)
		}
		again, err := archive.Erase(out, who)
		if err != nil || !bytes.Equal(again[0].Data, out[0].Data) {
			t.Fatalf("%q, erased again, became %q, %v", out[0].Data, again[0].Data, err)
		}
	})
}
