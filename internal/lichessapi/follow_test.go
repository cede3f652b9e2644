package lichessapi_test

import (
	"strings"
	"testing"
)

// TestGamesOfList follows games of a list, to which one is added, and no others.
func TestGamesOfList(t *testing.T) {
	w := newWorld(t, nil)
	anna, bert := w.member("Anna"), w.member("Bert")
	begin := func() string {
		id := anna.form(200, "/api/challenge/bert", "clock.limit=60&clock.increment=1&color=white")["id"].(string)
		bert.must(200, "POST", "/api/challenge/"+id+"/accept", "")
		return id
	}
	first, other, later := begin(), begin(), begin()
	nobody := &person{w: w}
	open := func(who *person, ids string) *stream {
		return who.openWith(who.request("POST", "/api/stream/games/mine", ids, "Content-Type: text/plain"))
	}
	s := open(nobody, first+",zzzzzzzz,no")
	is(t, "what runs", s.next(), "id", first)
	bert.must(200, "POST", "/api/board/game/"+other+"/resign", "")
	anna.must(200, "POST", "/api/board/game/"+first+"/move/e2e4", "")
	bert.must(200, "POST", "/api/board/game/"+first+"/move/e7e5", "")
	bert.must(200, "POST", "/api/board/game/"+first+"/resign", "")
	end := s.next()
	is(t, "end", end, "id", first)
	is(t, "end", end, "statusName", "resign")
	nobody.must(200, "POST", "/api/stream/games/mine/add", later+","+first)
	is(t, "added", s.next(), "id", later)

	nobody.must(404, "POST", "/api/stream/games/none/add", later)
	anna.must(404, "POST", "/api/stream/games/mine/add", later) // it is another's
	nobody.must(400, "POST", "/api/stream/games/mine/add", strings.Repeat(later+",", 501))
	nobody.must(400, "POST", "/api/stream/games/mine", strings.Repeat(later+",", 501))

	again := open(nobody, other) // takes the place of the first
	s.ended()
	is(t, "over already", again.next(), "id", other)
	nobody.must(200, "POST", "/api/stream/games/mine/add", later)
	is(t, "added again", again.next(), "id", later)
}
