// Command pictures makes the pictures of the README anew: what a terminal shows, as SVG, and the results workbook, as
// PNG, which needs LibreOffice and pdftoppm. Call it from the top folder: go run ./samples/pictures.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/creack/pty"
)

func main() {
	if err := run("samples/pictures"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(into string) error {
	dir, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "bin", "bulkorder")
	build := exec.Command("go", "build", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	sheet, err := os.ReadFile("samples/orders.xlsx")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "orders.xlsx"), sheet, 0o600)
	}
	if err != nil {
		return err
	}
	text, err := shown(program, dir, "run", "orders.xlsx", "--panel", "sandbox", "--rate", "10/s", "--yes", "--batch", "nov")
	if err != nil {
		return err
	}
	text = strings.ReplaceAll(text, dir+string(filepath.Separator), "")
	if err := os.WriteFile(filepath.Join(into, "terminal.svg"), drawn(excerpt(text)), 0o644); err != nil {
		return err
	}
	return workbook(filepath.Join(dir, "orders.results.xlsx"), into)
}

const columns = 92

// shown gives what a command prints on a terminal, with its colours.
func shown(program, dir string, args ...string) (string, error) {
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TERM=xterm", "PAGER=cat", "XDG_STATE_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	screen, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 60, Cols: columns})
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(screen)
	if len(text) == 0 {
		return "", err // at the end a terminal always fails
	}
	var ended *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &ended) {
		return "", err
	}
	prompt := "\x1b[1m$ bulkorder " + strings.Join(args, " ") + "\x1b[0m\n"
	return prompt + strings.ReplaceAll(string(text), "\r\n", "\n"), nil
}

// excerpt leaves out blocks that are longer than a picture needs, and says so.
func excerpt(text string) (lines []string) {
	const most = 7 // of a block
	block := 0
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if at := strings.LastIndex(line, "\r"); at >= 0 {
			line = line[at+1:] // what a line of progress showed last
		}
		if block++; strings.TrimSpace(line) == "" {
			block = 0
		}
		if strings.Contains(line, "Batch ") {
			lines, block = append(lines, ""), 1
		}
		switch {
		case block <= most || strings.HasPrefix(line, "  all "):
			lines = append(lines, line)
		case block == most+1:
			lines = append(lines, "  …")
		}
	}
	return lines
}

// drawn draws lines with their colours as SVG.
func drawn(lines []string) []byte {
	const wide, high, size, margin = 8.4, 19, 14, 18
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" font-family="DejaVu Sans Mono, `+
		`Menlo, Consolas, monospace" font-size="%d"><rect width="100%%" height="100%%" rx="8" fill="#0f172a"/>`+"\n",
		2*margin+columns*wide, 2*margin+high*len(lines), size)
	for i, line := range lines {
		fmt.Fprintf(&b, `<text x="%d" y="%d" xml:space="preserve" fill="#e2e8f0">%s</text>`+"\n",
			margin, margin+high*i+size, spans(line))
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// spans turns the colours of a terminal into those of a picture.
func spans(line string) string {
	colours := map[string]string{"31": "#f87171", "32": "#4ade80", "33": "#fbbf24", "36": "#22d3ee"}
	sgr := regexp.MustCompile("\x1b\\[([0-9;]*)m")
	var b strings.Builder
	open, from := false, 0
	for _, at := range sgr.FindAllStringSubmatchIndex(line, -1) {
		b.WriteString(html.EscapeString(line[from:at[0]]))
		from = at[1]
		if open {
			b.WriteString("</tspan>")
			open = false
		}
		switch code := line[at[2]:at[3]]; {
		case code == "1":
			b.WriteString(`<tspan font-weight="bold">`)
			open = true
		case colours[code] != "":
			fmt.Fprintf(&b, `<tspan fill="%s">`, colours[code])
			open = true
		}
	}
	b.WriteString(html.EscapeString(line[from:]))
	if open {
		b.WriteString("</tspan>")
	}
	return b.String()
}

// workbook lets LibreOffice print the results, and makes a picture of the first page.
func workbook(path, into string) error {
	dir := filepath.Dir(path)
	for _, step := range [][]string{
		{"soffice", "--headless", "-env:UserInstallation=file://" + dir + "/office", "--convert-to", "pdf", "--outdir", dir, path},
		{"pdftoppm", "-r", "70", "-f", "1", "-l", "1", "-H", "345", "-png", "-singlefile", strings.TrimSuffix(path, "xlsx") + "pdf",
			filepath.Join(into, "workbook")},
	} {
		if out, err := exec.Command(step[0], step[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", step[0], err, out)
		}
	}
	return nil
}
