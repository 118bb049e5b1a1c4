// Package book writes files: the results of a batch as a workbook, CSV or JSON lines ([Results]), the sheet to fill in
// ([Template]), and a copy of the person's sheet with its problems marked ([Marked]). A file is there whole or not at
// all, and the person's own file is never touched.
package book
