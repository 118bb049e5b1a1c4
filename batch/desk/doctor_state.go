package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/settings"
)

// state looks at the journal and the folder and the disk that it is on, or would be on.
func (c *checkup) state(ctx context.Context) {
	path, err := c.place()
	if err != nil {
		return
	}
	if journal.IsPostgres(path) {
		if dir, err := settings.StateDir(); err == nil {
			c.folder(dir)
		}
	} else {
		dir := filepath.Dir(path)
		c.folder(dir)
		c.disk(dir)
	}
	c.books(ctx, path)
}

func (c *checkup) folder(dir string) {
	const name, elsewhere = "state folder", "give --journal a file in a folder of yours"
	existing, err := settings.Nearest(dir)
	if err != nil {
		c.ill(Broken, name, err.Error(), elsewhere)
		return
	}
	info, err := os.Stat(existing)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", existing)
	}
	if err == nil {
		err = writable(existing)
	}
	made, _ := filepath.Abs(dir)
	perm := fs.FileMode(0)
	if info != nil && runtime.GOOS != "windows" {
		perm = info.Mode().Perm() & 0o077
	}
	switch {
	case err != nil && existing == made:
		c.ill(
			Broken,
			name,
			fmt.Sprintf("nothing can be written there: %v", err),
			"let this user write it, or "+elsewhere,
		)
	case err != nil:
		c.ill(Broken, name, fmt.Sprintf("%s doesn't exist and can't be made: %v", dir, err), elsewhere)
	case existing != made:
		c.ok(name, dir+" doesn't exist yet; it can be made")
	case perm&0o022 != 0:
		c.ill(Broken, name, dir+" can be written by others, who could change the books", "chmod 700 "+dir)
	case perm != 0:
		c.warn(name, dir+" can be read by others", "chmod 700 "+dir)
	default:
		c.ok(name, dir)
	}
}

// writable makes a file in the folder and removes it: permissions alone don't tell of a disk that is mounted for
// reading, or of a quota.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".bulkorder-*.tmp")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

const littleSpace, noSpace = 1 << 30, 100 << 20

func (c *checkup) disk(dir string) {
	const name, local = "file system", "give --journal a file on a local disk"
	d, err := settings.LookAtDisk(dir)
	switch {
	case err != nil:
		c.warn(name, err.Error(), "make sure that the journal is on a local disk")
		return
	case d.Remote:
		c.ill(
			Broken,
			name,
			d.FileSystem+", which is shared over a network: SQLite's locks and syncs don't hold there",
			local,
		)
	case d.Fleeting:
		c.warn(name, d.FileSystem+", which is gone after a restart, and the journal with it", local)
	case !d.Local:
		c.warn(
			name,
			cmp.Or(d.FileSystem, "unknown")+": it can't be told whether that is local",
			"make sure that the journal is on a local disk",
		)
	default:
		c.ok(name, d.FileSystem+", local")
	}
	if !d.FreeTold {
		return
	}
	free := fmt.Sprintf("%.1f GiB", float64(d.Free)/(1<<30))
	switch {
	case d.Free < noSpace:
		c.ill(
			Broken,
			"free space",
			fmt.Sprintf("%d MiB", d.Free>>20),
			"free some: a journal that can't be written stops every run",
		)
	case d.Free < littleSpace:
		c.warn("free space", free, "free some: a journal that can't be written stops every run")
	default:
		c.ok("free space", free)
	}
}

// books tells how the journal stands.
func (c *checkup) books(ctx context.Context, where string) {
	const name = "journal"
	keep := "run nothing on it; copy it and the files beside it to a safe place, " +
		"and recover it by `sqlite3 journal.db .recover` or from a backup"
	if journal.IsPostgres(where) {
		keep = "see to the server, or recover the database from a backup"
	} else if info, err := os.Stat(where); errors.Is(err, fs.ErrNotExist) {
		c.ok(name, "none yet; the first run makes it")
		return
	} else if err == nil && runtime.GOOS != "windows" && !info.IsDir() {
		c.owned(where, info.Mode().Perm()&0o077)
	}
	j, err := journal.ReadBooks(ctx, where, settings.StateDir)
	if err != nil {
		c.ill(Broken, name, err.Error(), keep)
		return
	}
	defer j.Close()
	s, err := j.Sound(ctx)
	switch path := j.Path; {
	case err != nil:
		c.ill(Broken, name, path+": "+err.Error(), keep)
	case len(s.Damage) > 0:
		c.ill(Broken, name, path+" is damaged: "+strings.Join(s.Damage, "; "), keep)
	case s.Schema > s.Latest:
		c.ill(
			Broken,
			name,
			fmt.Sprintf("%s was written by a newer bulkorder (schema %d, this one knows %d)", path, s.Schema, s.Latest),
			"use that version",
		)
	case s.Schema == 0:
		c.ok(name, path+" is empty; the next run fills it")
	case !s.Durable():
		c.warn(
			name,
			fmt.Sprintf(
				"%s has journal_mode=%s, synchronous=%s where wal and 2 are needed",
				path,
				s.JournalMode,
				s.Synchronous,
			),
			"the next run sets them, and refuses to begin where that fails",
		)
	default:
		c.ok(name, soundWords(s))
	}
	if s.Schema == s.Latest {
		c.limits(ctx, j)
	}
	c.failOver(s)
	c.doubts(s)
	if behind := j.Behind(); behind != nil && !c.compared {
		c.ill(Broken, "journal's mark", behind.Words, "nothing is sent from it; `bulkorder journal check` says what to do")
	}
}

func soundWords(s journal.Soundness) string {
	kept := "journal_mode=wal, synchronous=FULL"
	if s.Server != "" {
		kept = fmt.Sprintf("%s, synchronous_commit=%s", s.Server, s.Commit)
	}
	return fmt.Sprintf("sound, schema %d of %d, %s, batches: %d", s.Schema, s.Latest, kept, s.Batches)
}

// failOver tells what a fail-over of the server would mean.
func (c *checkup) failOver(s journal.Soundness) {
	switch {
	case s.Server == "":
	case s.Standbys == "" || s.Commit == "local":
		c.warn("fail-over", "no standby is synchronous: one that takes over may lack the last seconds, and each machine "+
			"then sends nothing before `bulkorder journal check` has compared the books with the accounts",
			"set synchronous_standby_names, and synchronous_commit=on, where a standby is to take over by itself")
	default:
		c.ok("fail-over", "a commit waits for standbys: "+s.Standbys)
	}
}

// limits tells what panels were found to take, and how old that is.
func (c *checkup) limits(ctx context.Context, j *journal.Journal) {
	found, err := j.Limits(ctx)
	if err != nil {
		return // how the journal stands is told already
	}
	for _, l := range found {
		age := time.Since(l.Learned)
		words := pace.LimitWords(l.Limit) + ", as its answers showed " + ago(age)
		if words += "; runs go on a little below that, whatever higher rate they have"; age > 24*time.Hour {
			words += ", and soon try more, since it is old"
		}
		words += " (`bulkorder doctor --forget-limits` if the panel takes more now)"
		c.ok("limit of "+l.Account, words)
	}
}

// forgetLimits forgets what panels were found to take.
func (c *checkup) forgetLimits(ctx context.Context) error {
	j, err := c.Journal(ctx)
	if err != nil {
		return err
	}
	n, err := j.ForgetLimits()
	if err == nil {
		c.ok("limits", fmt.Sprintf("forgotten, of %d accounts; the next run finds them anew", n))
	}
	return err
}

// ago tells an age in the largest unit that fits.
func ago(age time.Duration) string {
	for _, unit := range []struct {
		name string
		long time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}} {
		switch n := int(age / unit.long); {
		case n == 1:
			return "1 " + unit.name + " ago"
		case n > 1:
			return fmt.Sprintf("%d %ss ago", n, unit.name)
		}
	}
	return "just now"
}

func (c *checkup) doubts(s journal.Soundness) {
	n := s.InDoubt + s.Sending
	if n == 0 {
		return
	}
	found := fmt.Sprintf("%d, which may have been ordered", n)
	if s.Sending > 0 {
		found += fmt.Sprintf("; %d of them are being sent now, or were when a run was killed", s.Sending)
	}
	c.warn(
		"rows in doubt",
		found,
		"`bulkorder history` lists the batches, `bulkorder settle BATCH` looks for their orders",
	)
}

// owned looks at who may read and write the journal but its owner.
func (c *checkup) owned(path string, perm fs.FileMode) {
	switch {
	case perm&0o022 != 0:
		c.ill(
			Broken,
			"journal's mode",
			path+" can be written by others, who could change the books",
			"chmod 600 "+path,
		)
	case perm != 0:
		c.warn("journal's mode", path+" can be read by others", "chmod 600 "+path)
	}
}
