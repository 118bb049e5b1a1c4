package report
import ("testing";"context";"os";"fmt")
func TestZZ(t *testing.T){
	d := newDesk(t)
	for i := range 20000 {
		e := order("101", fmt.Sprintf("https://instagram.com/p/%09d", i*7919), "1000", "0.9", "note")
		e.Key = fmt.Sprintf("%024x-1", i*7919*7919*31)
		d.row(e)
	}
	b := d.admit(catalogue()...)
	p,err:=b.Write(context.Background(),"/tmp/zz/big.xlsx"); must(t,err); s,_:=os.Stat(p); t.Log(s.Size())
}
