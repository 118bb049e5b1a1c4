package parse

import (
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// filledIn tells whether a column and the next are when somebody began and ended to fill a form in, as Microsoft Forms
// exports it: behind its number and before the address of who did.
func (h *heads) filledIn(columns []column, at int) bool {
	if at == 0 || at+2 >= len(columns) {
		return false
	}
	is := func(names string, i int) bool {
		return slices.Contains(strings.Split(names, "|"), strings.ToLower(book.Trim(columns[i].Name)))
	}
	return is("id|kimlik|标识|ид", at-1) && is(formBegins(), at) && is(formEnds(), at+1) &&
		is("email|e-mail|e-mail-adresse|adresse de messagerie|correo electrónico|posta elettronica|e-posta|"+
			"электронная почта|адрес электронной почты|电子邮件|メール", at+2)
}

func formBegins() string {
	return "start time|startzeit|heure de début|hora de inicio|hora de início|ora di inizio|başlangıç zamanı|время " +
		"начала|" +
		"开始时间|開始時刻|waktu mulai|thời gian bắt đầu"
}

func formEnds() string {
	return "completion time|fertigstellungszeit|heure de fin|hora de finalización|hora de conclusão|ora di " +
		"completamento|" +
		"tamamlanma zamanı|время завершения|время выполнения|完成时间|完了時刻|waktu penyelesaian|thời gian hoàn thành"
}
