package panel

import (
	"regexp"
	"sync"
)

var digits = regexp.MustCompile(`\d+`)

// Absent tells whether the panel said that it has no such order. Any other error tells nothing about the order.
func (s Status) Absent() bool {
	text := said(s.Error)
	_, is := has(text, noOrder())
	return s.Status == "" && is && !troubled(without(text, noOrder()))
}

// AbsentLike does so where the text isn't known: of an order that surely isn't there the panel said the same.
func (s Status) AbsentLike(nowhere Status) bool {
	text := said(s.Error)
	return s.Status == "" && s.Error != "" && nowhere.Status == "" && text == said(nowhere.Error) && !troubled(text)
}

// said is an error text about an order, whatever the order's number.
func said(text string) string { return plain(digits.ReplaceAllString(text, " ")) }

// troubled tells whether a plain text says that something went wrong, or that it may be otherwise later.
func troubled(text string) bool {
	_, wrong := has(text, elsewhere())
	_, later := has(text, again())
	_, away := has(text, maintenance())
	return wrong || later || away
}

// noOrder are texts about an order that the panel doesn't have.
var noOrder = sync.OnceValue(func() []string {
	return list(`incorrect order, incorrect order id, invalid order, invalid order id, wrong order, wrong order id,
		unknown order, unknown order id, bad order id, no such order, no order found, no order with, order not found,
		order is not found, order was not found, order id not found, order could not be found, order cannot be found,
		order not exist, order not exists, order does not exist, order doesnt exist, order id does not exist,
		order is invalid, order is incorrect, order id is invalid, order id is incorrect, not a valid order,
		orders not found, not your order, no query results, siparis bulunamadi, siparis numarasi bulunamadi,
		siparis id bulunamadi, boyle bir siparis yok, gecersiz siparis, hatali siparis, yanlis siparis, siparis yok,
		siparis mevcut degil, заказ не найден, заказа не найдено, заказ не существует, заказа не существует,
		нет такого заказа, такого заказа нет, неверный заказ, неверный id заказа, неверный номер заказа,
		неправильный id заказа, некорректный id заказа, pedido nao encontrado, pedido nao existe, pedido invalido,
		pedido incorreto, id do pedido invalido, id do pedido incorreto, id de pedido invalido, id de pedido incorreto,
		pedido no encontrado, pedido no existe, pedido incorrecto, id de pedido incorrecto, id del pedido incorrecto,
		id del pedido invalido, orden no encontrada, orden no existe, orden incorrecta, orden invalida,
		id de orden incorrecto, id de orden invalido, pesanan tidak ditemukan, pesanan tidak ada,
		pesanan tidak valid, id pesanan salah, id pesanan tidak valid, order tidak ditemukan, order id tidak ditemukan,
		khong tim thay don hang, don hang khong ton tai, don hang khong tim thay, don hang khong hop le,
		ma don hang khong hop le, ma don hang khong dung, ma don hang khong ton tai`)
})
