package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2"
)

// ConfigPath is where the configuration lies where nobody names another file.
func ConfigPath() (string, error) {
	dir, err := os.UserConfigDir()
	return filepath.Join(dir, "bulkorder", "config.toml"), err
}

// NewPanel is a panel to be added to the configuration.
type NewPanel struct {
	Name    string
	URL     string // empty: the panel's document has it
	KeyFile string // empty: the key is elsewhere
}

// ErrPanelThere says that the configuration has the panel already.
var ErrPanelThere = errors.New("the configuration has a panel of this name already")

// AddPanel adds a panel to the configuration file, which it makes where there is none. The panel becomes the one that
// is meant where none is named, unless another one is. What the file has stays as it is, comments too.
func AddPanel(path string, p NewPanel) error {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the configuration: %w", err)
	}
	var before Config
	if err := toml.Unmarshal(text, &before); err != nil {
		return describe(path, err)
	}
	if _, is := before.Panels[p.Name]; is {
		return fmt.Errorf("%s: %w", path, ErrPanelThere)
	}
	var b bytes.Buffer
	if before.Panel == "" {
		fmt.Fprintf(&b, "panel = %s # where none is named\n", tomlText(p.Name))
	}
	b.Write(text)
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "\n[panels.%s]\n", tomlKey(p.Name))
	for _, line := range [][2]string{{"url", p.URL}, {"key_file", p.KeyFile}} {
		if line[1] != "" {
			fmt.Fprintf(&b, "%s = %s\n", line[0], tomlText(line[1]))
		}
	}
	mode := fs.FileMode(0o600)
	if old, err := os.Stat(path); err == nil {
		mode = old.Mode().Perm()
	}
	return writeWhole(path, b.Bytes(), mode)
}

// CheckAddress fails where an address can't be that of a panel's API.
func CheckAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return fmt.Errorf("%q is no address of a panel's API; it looks like https://panel.example/api/v2", address)
	}
	return nil
}

// CheckName fails where a panel can't be called so: the name stands in addresses, files and variables.
func CheckName(name string) error {
	letter := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	odd := func(c rune) bool { return !letter(c) && !strings.ContainsRune(" ._-:", c) }
	if name == "" || len(name) > mostName || strings.ContainsFunc(name, odd) || !strings.ContainsFunc(name, letter) ||
		strings.TrimSpace(name) != name {
		return fmt.Errorf("a panel is called by letters and digits, with blanks, points, dashes or colons between them, %d "+
			"bytes at most", mostName)
	}
	return nil
}

const (
	mostName = 64
	mostKey  = 2500 // bytes; the keyring of Windows takes no more
)

// CheckKey fails for what can't be a key, and doesn't repeat it.
func CheckKey(secret string) error {
	switch {
	case secret == "":
		return errors.New("the key is empty; nothing was stored")
	case len(secret) > mostKey:
		return fmt.Errorf("the key is longer than %d bytes; nothing was stored", mostKey)
	case strings.ContainsFunc(secret, unicode.IsControl):
		return errors.New("the key holds a control character; copy it again; nothing was stored")
	}
	return nil
}

// KeyFile is the file beside a configuration in which a panel's key is kept where there is no keyring.
func KeyFile(config, name string) (string, error) {
	file := regexp.MustCompile(`[^A-Za-z0-9._-]+`).ReplaceAllString(name, "-") + ".key"
	return filepath.Abs(filepath.Join(filepath.Dir(config), file))
}

// WriteKeyFile keeps a key in a file that its owner alone can read, in place of the one that it had.
func WriteKeyFile(path, secret string) error { return writeWhole(path, []byte(secret+"\n"), 0o600) }

// writeWhole writes a file, and its folder where there is none, whole or not at all: beside it, and then in its place.
func writeWhole(path string, text []byte, mode fs.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a link to a file elsewhere stays one
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".bulkorder-*") // mode 0600
	if err != nil {
		return err
	}
	if mode != 0o600 {
		_ = f.Chmod(mode) // some file systems have no modes
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// tomlText writes a text as TOML has it.
func tomlText(s string) string {
	text, err := toml.Marshal(map[string]string{"x": s})
	if err != nil {
		return fmt.Sprintf("%q", s)
	}
	return strings.TrimSpace(strings.TrimPrefix(string(text), "x = "))
}

// tomlKey writes a name as a key of TOML.
func tomlKey(name string) string {
	if regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(name) {
		return name
	}
	return tomlText(name)
}
