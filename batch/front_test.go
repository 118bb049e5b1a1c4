package batch_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// front stands before the sandbox: it gets each request's form, and answers by asking the sandbox, or otherwise. nil:
// it is as if it weren't there.
type front func(form url.Values, next func(url.Values) string) string

// gone is an answer that never comes back: HTTP 504.
const gone = ""

func (f front) before(h http.Handler) http.Handler {
	if f == nil {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		form, bad := url.ParseQuery(string(body))
		if err != nil || bad != nil {
			http.Error(w, "what is asked can't be read", http.StatusBadRequest)
			return
		}
		said := f(form, func(form url.Values) string {
			again := httptest.NewRequest(http.MethodPost, r.URL.String(), strings.NewReader(form.Encode()))
			again.Header = r.Header.Clone()
			answer := httptest.NewRecorder()
			h.ServeHTTP(answer, again)
			return answer.Body.String()
		})
		if said == gone {
			w.WriteHeader(http.StatusGatewayTimeout)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, said)
	})
}
