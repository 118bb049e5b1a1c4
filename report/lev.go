package report
const level = 6
