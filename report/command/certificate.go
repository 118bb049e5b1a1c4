package command

import (
	"crypto/tls"
	"fmt"
	"os"
	"sync"
	"time"
)

// certificate is the server's, read again when its file changes: it is renewed while the server runs.
type certificate struct {
	cert, key string // files

	mu     sync.Mutex
	read   *tls.Certificate
	stands time.Time // of the file that was read
	looked time.Time
}

// lookAgain is how often the file is looked at.
const lookAgain = time.Minute

// certificate reads the certificate that is named; nil: none is.
func (o serveOptions) certificate() (*certificate, error) {
	if o.cert == "" {
		return nil, nil
	}
	c := &certificate{cert: o.cert, key: o.key}
	if err := c.load(); err != nil {
		return nil, usage(fmt.Errorf("the certificate: %w", err))
	}
	return c, nil
}

func (c *certificate) load() error {
	info, err := os.Stat(c.cert)
	if err != nil {
		return err
	}
	c.looked = time.Now()
	if c.read != nil && info.ModTime().Equal(c.stands) {
		return nil
	}
	read, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err == nil {
		c.read, c.stands = &read, info.ModTime()
	}
	return err
}

// now gives the certificate. A file that can't be read any more, or is being written, leaves the last one.
func (c *certificate) now(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) > lookAgain {
		_ = c.load()
	}
	return c.read, nil
}

func (c *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.now, NextProtos: []string{"h2", "http/1.1"}}
}

// names are those that the certificate is for.
func (c *certificate) names() []string {
	names := append([]string{}, c.read.Leaf.DNSNames...)
	for _, ip := range c.read.Leaf.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}
