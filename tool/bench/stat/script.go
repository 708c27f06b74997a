package main

import "strings"

// script is what R runs: it reads the same bytes and times the call alone.
func script(task, folder string) string {
	common := `suppressMessages(library(survival)); folder <- "FOLDER"
get <- function(name) { f <- file.path(folder, name); readBin(f, "double", file.size(f) / 8) }
say <- function(took, figures) cat("\nwork", took, sprintf("%.17g", figures), "\n")
`
	km := `time <- get("km.time"); event <- get("km.event")
took <- system.time(f <- survfit(Surv(time, event) ~ 1))[["elapsed"]]
s <- summary(f, times = c(1, 50, 100, 200, 400))
say(took, rbind(s$surv, s$std.err, s$lower, s$upper))
`
	cox := `d <- data.frame(time = get("cox.time"), event = get("cox.event"))
for (k in 1:5) d[[paste0("x", k)]] <- get(paste0("cox.x", k))
took <- system.time(f <- coxph(Surv(time, event) ~ x1 + x2 + x3 + x4 + x5, d))[["elapsed"]]
say(took, rbind(coef(f), sqrt(diag(vcov(f)))))
`
	body := map[string]string{"km": km, "cox": cox}[task]
	return strings.ReplaceAll(common, "FOLDER", folder) + body
}
