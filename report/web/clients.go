package web

import (
	"context"
	"net/http"
	"path/filepath"

	"bulkorder/batch/journal"
	"bulkorder/report"
	"bulkorder/report/book"
)

// ClientsOf sorts the rows of a batch by client, in the terms in which clients are told of them.
type ClientsOf func(ctx context.Context, b journal.Batch) (*report.Clients, report.ClientTerms, error)

// clients lists the clients of a batch, each with what it can be sent.
func (s *Server) clients(r *http.Request) (answer, error) {
	b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
	if err != nil {
		return answer{}, err
	}
	if !s.hasClients(b) {
		return answer{}, notThere("Batch %s has no column Client.", b.ID)
	}
	all, _, err := s.Clients(r.Context(), b)
	if err != nil {
		return answer{}, err
	}
	return answer{page: "clients", data: map[string]any{
		"Title": "Client reports", "Batch": b.ID, "Clients": all.All(), "Without": all.Without,
	}}, nil
}

// hasClients tells whether the rows of a batch name clients.
func (s *Server) hasClients(b journal.Batch) bool {
	return s.Clients != nil && report.GroupColumn(b.Columns, "") >= 0
}

// clientFile gives what a client can be sent: nothing of what orders cost, of panels or of others is in it.
func (s *Server) clientFile(w http.ResponseWriter, r *http.Request) {
	s.download(w, r, func(dir string) (path, name string, err error) {
		b, err := s.Desk.Find(r.Context(), r.PathValue("batch"))
		if err != nil {
			return "", "", err
		}
		client, ending := r.FormValue("client"), filepath.Ext(r.PathValue("file"))
		if !s.hasClients(b) || ending != ".xlsx" && ending != ".pdf" {
			return "", "", notThere("Batch %s has no such file.", b.ID)
		}
		all, terms, err := s.Clients(r.Context(), b)
		if err != nil {
			return "", "", err
		}
		one := all.Of(client)
		if one == nil {
			return "", "", notThere("Batch %s has no such client.", b.ID)
		}
		path = filepath.Join(dir, "client"+ending)
		_, err = book.ClientFile{Terms: terms, Report: one}.Write(path)
		return path, b.ID + "." + client + ending, err
	})
}
