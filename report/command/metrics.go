package command

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"

	"bulkorder/report/web"
)

func metricsFlag(f *pflag.FlagSet, addr *string) {
	f.StringVar(addr, "metrics", "",
		"tell Prometheus how it goes at this `address`, such as 127.0.0.1:9780, under /metrics")
}

// metricsAt listens where metrics are told; nil: nobody wants them.
func metricsAt(addr string) (net.Listener, error) {
	if addr == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, usage(fmt.Errorf("--metrics: %w", err))
	}
	return listener, nil
}

// tellMetrics serves the metrics beside g's other work, where somebody wants them.
func (p *program) tellMetrics(ctx context.Context, g *errgroup.Group, listener net.Listener) error {
	if listener == nil {
		return nil
	}
	metrics, err := web.NewMetrics(ctx, p.desk)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: metrics.Handler(), ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute}
	g.Go(func() error {
		err := web.Run(ctx, server, func() error { return server.Serve(listener) })
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	})
	return nil
}
