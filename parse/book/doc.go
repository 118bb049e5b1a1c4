// Package book reads workbooks (.xlsx, .xlsm) strictly: what the file holds, or an error that says what is wrong with
// it. It knows nothing of orders, headers and fields. [Open] reads the list of sheets, [Sheet.Layout] looks a sheet
// through, [Sheet.Rows] walks its rows as a stream.
//
// A file that is cut off, damaged, or could mean two things is refused; nothing outside the file is opened; what it may
// unpack to is bounded, and memory doesn't grow with the number of rows.
package book
