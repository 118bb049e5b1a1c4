package panel

import "testing"

// TestOrdersThatAPanelDoesntHave: only what says so tells it.
func TestOrdersThatAPanelDoesntHave(t *testing.T) {
	for text, want := range map[string]bool{
		"Incorrect order ID": true, "Order not found.": true, "Order #4711 not found": true, "No such order": true,
		`No query results for model [App\Models\Order].`: true, "Sipariş bulunamadı": true, "Неверный ID заказа": true,
		"Pedido não encontrado": true, "Đơn hàng không tồn tại": true,
		"Something went wrong, please try again later": false, "Order not found, please try again later": false,
		"Server error": false, "Too many requests": false, "": false, "Maintenance": false, "Bad number": false,
	} {
		if is := (Status{Error: text}).Absent(); is != want {
			t.Errorf("%q: %v", text, is)
		}
	}
	if (Status{Error: "Order not found", Status: "Pending"}).Absent() {
		t.Error("what has a status is there")
	}
	nowhere := Status{Error: "Bad number 2000000000"}
	if !(Status{Error: "Bad number 4711"}).AbsentLike(nowhere) || (Status{Error: "Bad luck"}).AbsentLike(nowhere) {
		t.Error("what is said of an order that isn't there counts, and nothing else")
	}
	if busy := (Status{Error: "Server busy"}); busy.AbsentLike(busy) {
		t.Error("a panel in trouble says nothing about an order")
	}
}
