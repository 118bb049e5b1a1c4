package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

// format is what a file's content says that it is.
type format uint8

const (
	textFile format = iota
	zipFile         // whether it is a workbook is seen when it is opened
)

const saveAsXLSX = "open it in Excel or LibreOffice and save it as .xlsx"

// sniff tells text from workbooks, by content. All else is an error that says what the file is.
func sniff(path string, file io.ReaderAt, size int64, o Options) (format, error) {
	head := make([]byte, sampleSize)
	n, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return 0, unreadableFile(path, err)
	}
	head = head[:n]
	if n == 0 {
		return 0, &FileError{Path: path, Wrong: "is empty", Mend: "look whether it is the right file"}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return zipFile, nil
	}
	if bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return 0, compoundFile(path, file, size)
	}
	for _, m := range magics() {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return 0, &FileError{Path: path, Wrong: "is " + m.what + ", not a sheet", Mend: m.mend}
		}
	}
	return textFile, notText(path, head, int64(n) == size, o)
}

// notText refuses what is no text, or is markup.
func notText(path string, head []byte, whole bool, o Options) error {
	utf16Marked := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	if bytes.IndexByte(head, 0) >= 0 && !utf16Marked && o.Encoding == "" {
		return &FileError{Path: path, Wrong: "is neither text nor a workbook: it holds zero bytes",
			Mend: saveAsXLSX + "; for text in UTF-16 without a mark, say --encoding utf-16le"}
	}
	plain := trim(string(head))
	if utf16Marked {
		plain = strings.TrimFunc(string(head[2:]), func(r rune) bool { return r == 0 || unseen(r) })
	}
	if whole && plain == "" {
		return &FileError{Path: path, Wrong: "holds nothing but blanks", Mend: "look whether it is the right file"}
	}
	start := strings.ToLower(plain[:min(len(plain), 1024)])
	switch {
	case strings.HasPrefix(start, "<?xml") && strings.Contains(start, "urn:schemas-microsoft-com:office:spreadsheet"):
		return &FileError{Path: path, Wrong: "is an XML spreadsheet of 2003", Mend: saveAsXLSX}
	case strings.HasPrefix(start, "<html"), strings.HasPrefix(start, "<table"), strings.HasPrefix(start, "<!doctype html"),
		strings.HasPrefix(start, "<") && (strings.Contains(start, "<html") || strings.Contains(start, "<table")):
		return &FileError{Path: path, Wrong: "is a web page (HTML), whatever its name says", Mend: saveAsXLSX}
	case strings.HasPrefix(start, "<?xml"):
		return &FileError{Path: path, Wrong: "is XML, not a sheet", Mend: saveAsXLSX}
	case strings.HasPrefix(start, "{\\rtf"):
		return &FileError{Path: path, Wrong: "is a rich text document (RTF), not a sheet", Mend: "copy the table into Excel and save it as .xlsx"}
	}
	return nil
}

type magic struct{ prefix, what, mend string }

func magics() []magic {
	const picture = "a picture cannot be read: type the orders into a sheet, or take them from the original file"
	return []magic{
		{"\x89PNG\r\n", "a picture (PNG)", picture},
		{"\xff\xd8\xff", "a picture (JPEG)", picture},
		{"GIF8", "a picture (GIF)", picture},
		{"%PDF", "a PDF document", "take the original file, or copy the table into Excel and save it as .xlsx"},
		{"\x1f\x8b", "a gzip archive", "unpack it first"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"},
		{"Rar!\x1a\x07", "a RAR archive", "unpack it first"},
	}
}

// compoundFile tells an old workbook from a password-protected one: both are OLE compound files, but the latter holds a
// stream named EncryptedPackage. Names of streams are in UTF-16.
func compoundFile(path string, file io.ReaderAt, size int64) error {
	var name []byte
	for _, unit := range utf16.Encode([]rune("EncryptedPackage")) {
		name = append(name, byte(unit), byte(unit>>8))
	}
	const scanLimit = 256 << 20
	in := io.NewSectionReader(file, 0, min(size, scanLimit))
	buf := make([]byte, 1<<20)
	kept := 0
	for {
		n, err := io.ReadFull(in, buf[kept:])
		if bytes.Contains(buf[:kept+n], name) {
			return &FileError{Path: path, Wrong: "is protected by a password", Mend: "open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with Password) and save it"}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return &FileError{Path: path, Wrong: "is an old Excel file (.xls)", Mend: "open it in Excel and save it as .xlsx"}
		}
		if err != nil {
			return unreadableFile(path, fmt.Errorf("looking for its kind: %w", err))
		}
		kept = copy(buf, buf[len(buf)-len(name)+1:])
	}
}
