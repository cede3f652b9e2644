package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"kibitz/internal/account"
	"kibitz/internal/server"
)

const userUsage = `usage: kibitz user [--data FOLDER] COMMAND

  add NAME [ROLE]    make an account, and print its password
  passwd NAME        set a new password, print it, and sign out everywhere
  link NAME          print the end of a link with which they set a password themselves
  token NAME [SCOPE,SCOPE]
                     make a token for a program that acts for them, and print it;
                     the scope is bot:play unless others are given
  role NAME ROLE     make them user, bot, moderator or admin
  close NAME         close the account for ever
  list               list all accounts
  log                list what was done to accounts, here and by admins

It works while the server runs, too.
`

// membersAtOnce is how many accounts are read at a time.
const membersAtOnce = 500

// userCommands are the commands behind kibitz user, with how many arguments
// each takes.
var userCommands = map[string]struct {
	least, most int
	run         func(u userTool, args []string) error
}{
	"add":    {1, 2, userTool.add},
	"passwd": {1, 1, userTool.passwd},
	"link":   {1, 1, userTool.link},
	"token":  {1, 2, userTool.token},
	"role":   {2, 2, userTool.role},
	"close":  {1, 1, userTool.close},
	"list":   {0, 0, userTool.list},
	"log":    {0, 0, userTool.log},
}

// userTool is a command at work.
type userTool struct {
	ctx    context.Context
	people account.People
	out    io.Writer
}

// runUser manages accounts in the database of a server.
func runUser(args []string, stdout, stderr io.Writer) int {
	settings, cfg := serveSettings(stderr) // so that it finds the same folder
	settings.Flags.Usage = func() { fmt.Fprint(stderr, userUsage) }
	switch err := settings.Resolve(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		fmt.Fprintln(stderr, "kibitz:", err)
		return exitUsage
	}
	rest := settings.Flags.Args()
	if len(rest) == 0 {
		fmt.Fprint(stderr, userUsage)
		return exitUsage
	}
	c, ok := userCommands[rest[0]]
	if n := len(rest) - 1; !ok || n < c.least || n > c.most {
		fmt.Fprint(stderr, userUsage)
		return exitUsage
	}
	people, db, err := server.OpenPeople(context.Background(), *cfg)
	if err == nil {
		err = errors.Join(c.run(userTool{context.Background(), people, stdout}, rest[1:]), db.Close())
	}
	if err != nil {
		fmt.Fprintln(stderr, "kibitz user:", err)
		return exitFailed
	}
	return exitOK
}

// admin is who can read the database.
func (u userTool) admin() account.Admin { return account.Admin{People: u.people} }

// named returns a registered user.
func (u userTool) named(name string) (account.User, error) {
	a, err := u.people.Store.Named(u.ctx, name)
	if errors.Is(err, account.ErrUnknown) || err == nil && a.Guest {
		return account.User{}, fmt.Errorf("there is nobody called %q", name)
	}
	return a.User, err
}

// passwordGroups is the length of a password that is made here, worth 95 bits.
const passwordGroups = 5

func (u userTool) add(args []string) error {
	role := account.RoleUser
	if len(args) == 2 {
		var err error
		if role, err = account.ParseRole(args[1]); err != nil {
			return err
		}
	}
	password, err := server.RandomWord(passwordGroups)
	if err != nil {
		return err
	}
	if err := u.admin().Add(u.ctx, args[0], password, role); err != nil {
		return err
	}
	fmt.Fprintf(u.out, "%s has the password %s\n", args[0], password)
	return nil
}

func (u userTool) passwd(args []string) error {
	who, err := u.named(args[0])
	if err != nil {
		return err
	}
	password, err := server.RandomWord(passwordGroups)
	if err != nil {
		return err
	}
	if err := u.admin().ResetPassword(u.ctx, who, password); err != nil {
		return err
	}
	fmt.Fprintf(u.out, "%s has the password %s\n", who.Name, password)
	return nil
}

func (u userTool) link(args []string) error {
	who, err := u.named(args[0])
	if err != nil {
		return err
	}
	token, err := u.admin().NewLink(u.ctx, who.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(u.out, "/recover#%s\nPut the address of the server before it. It is good once, for %d minutes.\n",
		token, int(account.LinkLife.Minutes()))
	return nil
}

func (u userTool) role(args []string) error {
	role, err := account.ParseRole(args[1])
	if err != nil {
		return err
	}
	who, err := u.named(args[0])
	if err != nil {
		return err
	}
	return u.admin().SetRole(u.ctx, who.ID, role)
}

func (u userTool) close(args []string) error {
	who, err := u.named(args[0])
	if err != nil {
		return err
	}
	return u.admin().Close(u.ctx, who.ID)
}

func (u userTool) list([]string) error {
	for after := ""; ; {
		all, err := u.people.Store.Members(u.ctx, after, membersAtOnce)
		if err != nil {
			return err
		}
		for _, m := range all {
			fmt.Fprintf(u.out, "%-20s  %-9s  %s  %s\n", m.Name, m.Role, m.Created.Format("2006-01-02"), m.ID)
			after = m.Name
		}
		if len(all) < membersAtOnce {
			return nil
		}
	}
}

func (u userTool) log([]string) error {
	names := make(map[account.ID]string)
	for at := (account.DeedCursor{}); ; {
		all, err := u.people.Store.Deeds(u.ctx, at, membersAtOnce)
		if err != nil {
			return err
		}
		for _, d := range all {
			fmt.Fprintf(u.out, "%s  %-20s  %-8s  %-20s  %-8s  %s\n", d.At.Format("2006-01-02 15:04:05"), u.called(names, d.Actor, "(host)"),
				d.What, u.called(names, d.Subject, "-"), d.Outcome, d.Detail)
			at = account.DeedCursor{AtMillis: d.At.UnixMilli(), ID: d.ID}
		}
		if len(all) < membersAtOnce {
			return nil
		}
	}
}

// called returns the name of somebody, or the id of who has none any more.
func (u userTool) called(names map[account.ID]string, id account.ID, nobody string) string {
	if id == "" {
		return nobody
	}
	if names[id] == "" {
		names[id] = string(id)
		if one, err := u.people.Store.User(u.ctx, id); err == nil && !one.Closed {
			names[id] = one.Name
		}
	}
	return names[id]
}
