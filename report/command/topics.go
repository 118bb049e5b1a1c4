package command

import (
	"embed"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bulkorder/batch/panel"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/terminal"
)

// topics are texts about more than one command. What a table of the program knows is put into them from there.
//
//go:embed topics
var topics embed.FS

// addTopics adds what `help TOPIC` tells. Where a topic has the name of a command, help tells how that is called too.
func (p *program) addTopics(root *cobra.Command) {
	commands := map[string]*cobra.Command{}
	for _, cmd := range root.Commands() {
		commands[cmd.Name()] = cmd
	}
	for _, t := range []struct{ name, short string }{
		{"sheets", "What sheets may look like, and how they are read"},
		{"results", "The results workbook, and what can be done with it"},
		{"states", "What becomes of rows, and why some are held"},
		{"exit-codes", "What the program ends with"},
		{"safety", "How each row is ordered once at most, and what counts as a proof"},
		{"schedules", "Statuses on a schedule, refills, notices"},
		{"panels", "Addresses, keys, accounts, rates, settings"},
		{"machines", "Work in the background, the page, the journal"},
	} {
		cmd, usage := commands[t.name], ""
		if cmd == nil {
			cmd = &cobra.Command{Use: t.name, Short: t.short, Long: topic(t.name)} // Long is the manual's
			root.AddCommand(cmd)
		} else {
			usage = "\n" + cmd.UsageString()
		}
		cmd.SetHelpFunc(func(*cobra.Command, []string) {
			// What fails is writing to a screen that nobody sees.
			_ = p.print(answer{
				object: map[string]string{"topic": t.name, "text": topic(t.name)}, list: true,
				words: func(s terminal.Screen) {
					s.Topic(topic(t.name))
					fmt.Fprint(s.Out, usage)
				},
			})
		})
	}
}

// topic is the text of a topic.
func topic(name string) string {
	text, err := topics.ReadFile(path.Join("topics", name+".txt"))
	if err != nil {
		return "" // a test reads all of them
	}
	return strings.NewReplacer(
		"{{columns}}", columnLines(), "{{types}}", typeLines(), "{{answers}}", answerLines(), "{{warnings}}", warningLines(),
		"{{results}}", resultColumns(),
	).Replace(string(text))
}

// topicLine writes a name and what it is, so that a narrow terminal has both.
func topicLine(name, words string) string { return fmt.Sprintf("- %s: %s\n", name, words) }

func columnLines() string {
	var b strings.Builder
	var plain []string
	for _, f := range parse.KnownFields() {
		if f.Hint == "" {
			plain = append(plain, f.Heading)
			continue
		}
		b.WriteString(topicLine(f.Heading, f.Hint))
	}
	fmt.Fprintf(&b, "- %s: as the service's type wants them.\n", strings.Join(plain, ", "))
	return strings.TrimSpace(b.String())
}

// typeLines tell what each type of orders needs.
func typeLines() string {
	types := panel.Panel{}.AllTypes()
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(types)) {
		t := types[key]
		if key != parse.Fold(t.Name) {
			continue // another name of it
		}
		words := headings(t.Required)
		if len(t.Optional) > 0 {
			words += "; may have " + headings(t.Optional)
		}
		b.WriteString(topicLine(t.Name, words+"."))
	}
	return strings.TrimSpace(b.String())
}

// headings are the columns of fields.
func headings(fields []string) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = parse.FieldNamed(f).Heading
	}
	return strings.Join(names, ", ")
}

// resultColumns are the columns that results add to the person's.
func resultColumns() string {
	var names []string
	for _, c := range report.OurColumns() {
		names = append(names, c.Heading)
	}
	return strings.Join(names, ", ")
}

func warningLines() string {
	var b strings.Builder
	for _, w := range parse.Warnings() {
		words := strings.ToLower(w.Title[:1]) + w.Title[1:]
		if w.Option != "" {
			words += "; " + w.Option
		}
		b.WriteString(topicLine(w.Name, words+"."))
	}
	return strings.TrimSpace(b.String())
}

func answerLines() string {
	var b strings.Builder
	for _, a := range [...]struct{ what, say string }{
		{"Hidden rows", "--hidden include, or --hidden skip."},
		{"Several worksheets with orders", "--sheet NAME, or --all-sheets for all of them as one."},
		{"1,000 that may be a thousand or a fraction", "--thousands , or --thousands . with the mark that parts thousands."},
		{"1k and 2.5m", "--accept-k reads them as 1000 and 2500000."},
		{"Text in an old encoding", "--encoding windows-1252, gbk, shift_jis or the one whose letters are right."},
		{"Another mark between the cells", "--delimiter ';' with the mark."},
	} {
		b.WriteString(topicLine(a.what, a.say))
	}
	return strings.TrimSpace(b.String())
}
