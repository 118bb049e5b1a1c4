package parse

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"bulkorder/parse/book"
)

// format is what a file's content says that it is.
type format uint8

const (
	textFile format = iota
	zipFile         // whether it is a workbook is seen when it is opened
)

const (
	saveAsXLSX = "open it in Excel or LibreOffice and save it as .xlsx"
	copyTable  = "copy the table into Excel and save it as .xlsx"
)

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
	plain := book.Trim(string(head))
	if utf16Marked {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(head)
		if err != nil {
			return unreadableFile(path, err)
		}
		plain = book.Trim(string(decoded))
	}
	if whole && plain == "" {
		return &FileError{Path: path, Wrong: "holds nothing but blanks", Mend: "look whether it is the right file"}
	}
	start := strings.ToLower(plain[:min(len(plain), 1024)])
	switch {
	case strings.HasPrefix(start, "<?xml") && strings.Contains(start, "urn:schemas-microsoft-com:office:spreadsheet"):
		return &FileError{Path: path, Wrong: "is an XML spreadsheet of 2003", Mend: saveAsXLSX}
	case strings.HasPrefix(start, "<html"),
		strings.HasPrefix(start, "<table"),
		strings.HasPrefix(start, "<!doctype html"),
		strings.HasPrefix(start, "<") && (strings.Contains(start, "<html") || strings.Contains(start, "<table")):
		return &FileError{Path: path, Wrong: "is a web page (HTML), whatever its name says", Mend: saveAsXLSX}
	case strings.HasPrefix(start, "<?xml") && strings.Contains(start, "urn:oasis:names:tc:opendocument"):
		return &FileError{
			Path:  path,
			Wrong: "is a flat OpenDocument file (.fods)",
			Mend:  "open it in LibreOffice and save it as .xlsx",
		}
	case strings.HasPrefix(start, "mime-version:"):
		return &FileError{
			Path:  path,
			Wrong: "is a web page in one file (MHTML), whatever its name says",
			Mend:  saveAsXLSX,
		}
	case strings.HasPrefix(start, "<?xml"):
		return &FileError{Path: path, Wrong: "is XML, not a sheet", Mend: saveAsXLSX}
	case sylk(start):
		return &FileError{
			Path:  path,
			Wrong: "is a symbolic link file (SYLK, .slk), whatever its name says",
			Mend:  saveAsXLSX,
		}
	case strings.HasPrefix(start, "table\n0,1\n"), strings.HasPrefix(start, "table\r\n0,1\r\n"):
		return &FileError{
			Path:  path,
			Wrong: "is a data interchange file (DIF), whatever its name says",
			Mend:  saveAsXLSX,
		}
	case strings.HasPrefix(start, "{\\rtf"):
		return &FileError{Path: path, Wrong: "is a rich text document (RTF), not a sheet", Mend: copyTable}
	}
	return nil
}

// sylk recognises a file by its first two records: a first line such as "ID;Page" may be a header.
func sylk(start string) bool {
	first, rest, _ := strings.Cut(start, "\n")
	return strings.HasPrefix(first, "id;p") && len(rest) > 1 && rest[1] == ';' &&
		strings.IndexByte("pbfcno", rest[0]) >= 0
}

type magic struct{ prefix, what, mend string }

func magics() []magic {
	const picture = "a picture cannot be read: type the orders into a sheet, or take them from the original file"
	return []magic{
		{"\x89PNG\r\n", "a picture (PNG)", picture},
		{"\xff\xd8\xff", "a picture (JPEG)", picture},
		{"GIF8", "a picture (GIF)", picture},
		{"%PDF", "a PDF document", "take the original file, or " + copyTable},
		{"\x1f\x8b", "a gzip archive", "unpack it first"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"},
		{"Rar!\x1a\x07", "a RAR archive", "unpack it first"},
	}
}

// compoundKind is what a compound file with such a stream is.
type compoundKind struct{ stream, wrong, mend string }

func compoundKinds() []compoundKind {
	const old = "is an old Excel file (.xls)"
	return []compoundKind{
		{"EncryptedPackage", "is protected by a password",
			"open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with Password) and save it as .xlsx"},
		{"Workbook", old, saveAsXLSX},
		{"Book", old, saveAsXLSX},
		{"WordDocument", "is an old Word document, not a sheet", copyTable},
		{"PowerPoint Document", "is an old PowerPoint presentation, not a sheet", copyTable},
		{"__properties_version1.0", "is a mail of Outlook, not a sheet", "save the sheet that is attached to it"},
	}
}

// compoundFile tells what is in an OLE compound file by the names of its streams: a workbook with a password is one
// that holds a stream EncryptedPackage. Cells of an old workbook may hold that word too.
func compoundFile(path string, file io.ReaderAt, size int64) error {
	const scanLimit = 256 << 20
	kinds := compoundKinds()
	streams, said, err := findStreams(io.NewSectionReader(file, 0, min(size, scanLimit)), kinds)
	if err != nil {
		return unreadableFile(path, fmt.Errorf("looking for its kind: %w", err))
	}
	kind := slices.Index(streams, true)
	if kind < 0 {
		// Its directory is damaged: what it most likely was.
		if kind = 1; said[0] {
			kind = 0
		}
	}
	return &FileError{Path: path, Wrong: kinds[kind].wrong, Mend: kinds[kind].mend}
}

// findStreams looks for the streams of a compound file. said tells which of their names stand anywhere in it, streams
// which of them are those of a stream.
func findStreams(in io.Reader, kinds []compoundKind) (streams, said []bool, err error) {
	streams, said = make([]bool, len(kinds)), make([]bool, len(kinds))
	buf := make([]byte, 1<<20)
	for kept := 0; ; {
		n, err := io.ReadFull(in, buf[kept:])
		for i, kind := range kinds {
			name := wideName(kind.stream)
			for rest := buf[:kept+n]; ; rest = rest[len(name):] {
				at := bytes.Index(rest, name)
				if at < 0 {
					break
				}
				rest = rest[at:]
				said[i], streams[i] = true, streams[i] || isStream(rest, len(name))
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return streams, said, nil
		}
		if err != nil {
			return nil, nil, err
		}
		kept = copy(buf, buf[len(buf)-directoryEntry:])
	}
}

// directoryEntry is the size of an entry in the directory of a compound file.
const directoryEntry = 128

// isStream tells whether a name of so many bytes, with which entry begins, is that of a stream: byte 64 is its length
// with a zero at its end, and byte 66 the number 2.
func isStream(entry []byte, length int) bool {
	return len(entry) >= directoryEntry && int(entry[64]) == length+2 && entry[65] == 0 && entry[66] == 2 &&
		entry[length] == 0
}

// wideName is an ASCII text in UTF-16, little end first.
func wideName(ascii string) []byte {
	var wide []byte
	for i := range len(ascii) {
		wide = append(wide, ascii[i], 0)
	}
	return wide
}
