package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// place is where a mutant breaks something: a function, method, constant, variable or type of a package, in
// whatever file it is.
type place struct {
	file       string
	source     []byte
	begin, end int // of the declaration in source
}

// find finds a declaration by its package's folder and its name: judge, (*Client).Add, maxAnswer.
func find(folder, name string) (place, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return place{}, err
	}
	var all []place
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return place{}, err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, source, parser.SkipObjectResolution)
		if err != nil {
			return place{}, err
		}
		for _, n := range named(file, name) {
			all = append(all, place{path, source, files.Position(n.Pos()).Offset, files.Position(n.End()).Offset})
		}
	}
	if len(all) != 1 {
		return place{}, fmt.Errorf("%s is declared %d times in %s", name, len(all), folder)
	}
	return all[0], nil
}

// named returns the declarations of a file that bear a name.
func named(file *ast.File, name string) (found []ast.Node) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if receiver(d)+d.Name.Name == name {
				found = append(found, d)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if slices.Contains(names(spec), name) {
					found = append(found, spec)
				}
			}
		}
	}
	return found
}

// receiver writes the receiver of a method as a mutant names it: "(*Client).".
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	typ, star := d.Recv.List[0].Type, ""
	if pointer, is := typ.(*ast.StarExpr); is {
		typ, star = pointer.X, "*"
	}
	if generic, is := typ.(*ast.IndexExpr); is {
		typ = generic.X
	}
	if name, is := typ.(*ast.Ident); is {
		return "(" + star + name.Name + ")."
	}
	return ""
}

func names(spec ast.Spec) (all []string) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, n := range spec.Names {
			all = append(all, n.Name)
		}
	case *ast.TypeSpec:
		all = append(all, spec.Name.Name)
	}
	return all
}

// word is one token of Go and where it stands. Its text doesn't tell how it was laid out: blanks within a raw
// string are one blank, and the end of a line is a semicolon.
type word struct {
	text       string
	begin, end int
	str        bool // it is a string
}

// words cuts Go into tokens. Comments, and commas and semicolons that only a line break asks for, are left out.
func words(source []byte) ([]word, error) {
	files := token.NewFileSet()
	file := files.AddFile("", files.Base(), len(source))
	var s scanner.Scanner
	var errs scanner.ErrorList
	s.Init(file, source, errs.Add, 0)
	var all []word
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return all, errs.Err()
		}
		w := word{text: tok.String(), begin: file.Offset(pos), str: tok == token.STRING}
		w.end = w.begin + len(lit)
		switch {
		case tok == token.SEMICOLON:
			w.text = ";"
		case lit == "":
			w.end = w.begin + len(w.text)
		default:
			w.text = lit
		}
		if w.str {
			w.text = strings.Join(strings.Fields(lit), " ")
		}
		if tok == token.RPAREN || tok == token.RBRACK || tok == token.RBRACE {
			for len(all) > 0 && (all[len(all)-1].text == "," || all[len(all)-1].text == ";") {
				all = all[:len(all)-1]
			}
		}
		all = append(all, w)
	}
}

// replace puts other Go in the place of the one that old names, which must be there exactly once.
func (p place) replace(old, other string) ([]byte, error) {
	all, err := words(p.source[p.begin:p.end])
	if err != nil {
		return nil, err
	}
	wanted, err := words([]byte(old))
	if err != nil {
		return nil, fmt.Errorf("the old text is no Go: %w", err)
	}
	if n := len(wanted); n > 0 && wanted[n-1].text == ";" {
		wanted = wanted[:n-1]
	}
	if len(wanted) == 0 {
		return nil, fmt.Errorf("the old text is empty")
	}
	var hits []int
	for i := range all {
		same := func(a, b word) bool { return a.text == b.text }
		if i+len(wanted) <= len(all) && slices.EqualFunc(all[i:i+len(wanted)], wanted, same) {
			hits = append(hits, i)
		}
	}
	if len(hits) != 1 {
		return nil, fmt.Errorf("its old text occurs %d times", len(hits))
	}
	first, last := all[hits[0]], all[hits[0]+len(wanted)-1]
	return p.splice(p.begin+first.begin, p.begin+last.end, other), nil
}

// replaceText does the same with a part of a string, such as SQL.
func (p place) replaceText(old, other string) ([]byte, error) {
	all, err := words(p.source[p.begin:p.end])
	if err != nil {
		return nil, err
	}
	wanted := loose(old)
	var hits [][]int
	for _, w := range all {
		if w.str {
			for _, at := range wanted.FindAllIndex(p.source[p.begin+w.begin:p.begin+w.end], -1) {
				hits = append(hits, []int{p.begin + w.begin + at[0], p.begin + w.begin + at[1]})
			}
		}
	}
	if len(hits) != 1 {
		return nil, fmt.Errorf("its old text occurs %d times in strings", len(hits))
	}
	return p.splice(hits[0][0], hits[0][1], other), nil
}

// loose matches a text whatever blanks and line breaks are between its words.
func loose(text string) *regexp.Regexp {
	fields := strings.Fields(text)
	for i := range fields {
		fields[i] = regexp.QuoteMeta(fields[i])
	}
	return regexp.MustCompile(strings.Join(fields, `\s+`))
}

func (p place) splice(begin, end int, other string) []byte {
	return slices.Concat(p.source[:begin], []byte(other), p.source[end:])
}
