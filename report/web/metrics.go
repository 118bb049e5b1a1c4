package web

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"bulkorder/batch/desk"
	"bulkorder/report"
)

// Metrics tells Prometheus how it goes: requests to panels, commits of the journal, and what the books hold.
type Metrics struct {
	desk     *desk.Desk
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	commits  prometheus.Histogram
	changes  prometheus.Counter

	rows, jobs, workers, rate, limit, paused *prometheus.Desc

	mu   sync.Mutex
	last []prometheus.Metric // of the books
	at   time.Time
}

// NewMetrics begins to count. The accounts of the desk must not be open yet.
func NewMetrics(ctx context.Context, d *desk.Desk) (*Metrics, error) {
	m := &Metrics{
		desk: d, registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "bulkorder_request_seconds",
			Help:    "How long panels took to answer; code 0: no answer came.",
			Buckets: []float64{.01, .03, .1, .3, 1, 3, 10, 30, 60, 120, 180}}, []string{"panel", "action", "code"}),
		commits: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "bulkorder_journal_commit_seconds",
			Help:    "How long commits of the journal took.",
			Buckets: []float64{.0003, .001, .003, .01, .03, .1, .3, 1, 3}}),
		changes: prometheus.NewCounter(prometheus.CounterOpts{Name: "bulkorder_journal_changes_total",
			Help: "Changes that were committed."}),
		rows:    prometheus.NewDesc("bulkorder_rows", "Rows in the books, by state.", []string{"state"}, nil),
		jobs:    prometheus.NewDesc("bulkorder_jobs", "Batches that are to be sent, by state.", []string{"state"}, nil),
		workers: prometheus.NewDesc("bulkorder_workers", "Processes that send in the background.", nil, nil),
		rate: prometheus.NewDesc("bulkorder_account_rate",
			"Requests a second that an account is kept to.", []string{"panel"}, nil),
		limit: prometheus.NewDesc("bulkorder_account_limit",
			"Requests a second that a panel was found to take.", []string{"panel"}, nil),
		paused: prometheus.NewDesc("bulkorder_account_paused", "1 where a person paused an account.", []string{"panel"}, nil),
	}
	m.registry.MustRegister(m.requests, m.commits, m.changes, m)
	d.Accounts.Timed = func(panel, action string, status int, took time.Duration) {
		m.requests.WithLabelValues(panel, action, strconv.Itoa(status)).Observe(took.Seconds())
	}
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	j.OnCommit(func(took time.Duration, changes int) {
		m.commits.Observe(took.Seconds())
		m.changes.Add(float64(changes))
	})
	return m, nil
}

// Handler answers at /metrics.
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// Describe names what [Metrics.Collect] gives.
func (m *Metrics) Describe(all chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{m.rows, m.jobs, m.workers, m.rate, m.limit, m.paused} {
		all <- d
	}
}

// booksEvery is how often the books are asked at most: there may be many batches.
const booksEvery = 10 * time.Second

// Collect gives what the books hold.
func (m *Metrics) Collect(all chan<- prometheus.Metric) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if time.Since(m.at) > booksEvery {
		ctx, cancel := context.WithTimeout(context.Background(), booksEvery)
		defer cancel()
		last, err := m.books(ctx)
		if err != nil {
			last = []prometheus.Metric{prometheus.NewInvalidMetric(m.rows, err)}
		}
		m.last, m.at = last, time.Now()
	}
	for _, one := range m.last {
		all <- one
	}
}

func (m *Metrics) books(ctx context.Context) (all []prometheus.Metric, err error) {
	add := func(d *prometheus.Desc, n float64, labels ...string) {
		all = append(all, prometheus.MustNewConstMetric(d, prometheus.GaugeValue, n, labels...))
	}
	found, err := m.desk.History(ctx, desk.Picked{})
	if err != nil {
		return nil, err
	}
	for _, state := range report.States() {
		n := 0
		for _, l := range found {
			n += l.Totals.States[state]
		}
		add(m.rows, float64(n), string(state))
	}
	working, err := m.desk.Working(ctx)
	if err != nil {
		return nil, err
	}
	jobs := map[string]int{"waiting": 0, "paused": 0, "stopped": 0, "running": 0}
	for _, job := range working.Jobs {
		if state := string(job.State); job.Worker == nil {
			jobs[state]++
		} else {
			jobs["running"]++
		}
	}
	for state, n := range jobs {
		add(m.jobs, float64(n), state)
	}
	add(m.workers, float64(len(working.Workers)))
	paused := map[int64]float64{}
	for _, p := range working.Pauses {
		paused[p.Account] = 1
	}
	told := map[string]bool{} // several accounts may have one name; a label may come once
	for _, a := range working.Accounts {
		if told[a.Panel] {
			continue
		}
		told[a.Panel] = true
		add(m.rate, a.Rate, a.Panel)
		add(m.limit, a.Limit, a.Panel)
		add(m.paused, paused[a.Account], a.Panel)
	}
	return all, nil
}
