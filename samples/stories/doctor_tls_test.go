package stories_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// certificate makes one that vouches for itself until a time, for this machine.
func certificate(t *testing.T, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "test authority"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              until,
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestDoctorOnCertificates has the program trust a certificate of the test's by SSL_CERT_FILE.
func TestDoctorOnCertificates(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only there is SSL_CERT_FILE read")
	}
	for _, tt := range []struct {
		left  time.Duration
		state string
	}{
		{15 * 24 * time.Hour, "ok: "},
		{13 * 24 * time.Hour, "warning: "},
	} {
		w := newShop(t, sandbox.Config{})
		until := time.Now().Add(tt.left)
		cert := certificate(t, until)
		server := httptest.NewUnstartedServer(w.sandbox)
		server.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
		server.StartTLS()
		t.Cleanup(server.Close)
		w.write("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]})))
		code, d := w.doctor([]string{"SSL_CERT_FILE=" + w.dir + "/ca.pem"}, "--url", server.URL)
		got := d.find("address")
		if code != 0 || !strings.HasPrefix(got, tt.state+strings.TrimPrefix(server.URL, "https://")+", TLS 1.3") {
			t.Errorf("%v left: exit %d, address %q", tt.left, code, got)
		}
		for _, words := range []string{"test authority", until.UTC().Format(time.DateOnly)} {
			if !strings.Contains(got, words) {
				t.Errorf("%v left: %q isn't in %q", tt.left, words, got)
			}
		}
		if !strings.HasPrefix(d.find("balance"), "ok: ") {
			t.Errorf("the balance isn't asked: %+v", d)
		}
	}
}
