# Answers for the random data sets of the oracle tests.
# Called as: Rscript oracle.R FOLDER. Reads FOLDER/{survival,stats,mixed}.csv,
# writes FOLDER/answers.txt: a line "set key value value …" for each figure.
suppressMessages({library(survival); library(lme4)})
options(warn = 1)
folder <- commandArgs(TRUE)[1]
out <- file(file.path(folder, "answers.txt"), "w")
put <- function(set, key, values) {
  values <- as.numeric(values)
  words <- ifelse(is.na(values), "NA", sprintf("%.17g", values))
  writeLines(paste(c(set, key, words), collapse = " "), out)
}
quietly <- function(expr) {
  warned <- FALSE # of an estimate without end; others do not count
  value <- withCallingHandlers(tryCatch(expr, error = function(e) NULL),
    warning = function(w) {
      if (grepl("infinite|fitted probabilities", conditionMessage(w))) warned <<- TRUE
      invokeRestart("muffleWarning")
    },
    message = function(m) invokeRestart("muffleMessage"))
  list(value = value, warned = warned)
}

curves <- function(set, d) {
  for (type in c("log", "log-log", "plain")) {
    f <- survfit(Surv(time, event) ~ group, d, conf.type = type)
    put(set, paste0(type, ".lower"), f$lower)
    put(set, paste0(type, ".upper"), f$upper)
    m <- survival:::survmean(f, rmean = "none")$matrix
    m <- matrix(m, nrow = length(unique(d$group)))
    put(set, paste0(type, ".median"), t(m[, 5:7]))
  }
  put(set, "time", f$time); put(set, "risk", f$n.risk); put(set, "events", f$n.event)
  put(set, "survival", f$surv); put(set, "se", f$surv * f$std.err)
  tau <- min(tapply(d$time, d$group, max))
  if (tau > 0) {
    m <- survival:::survmean(f, rmean = tau)$matrix
    m <- matrix(m, nrow = length(unique(d$group)))
    put(set, "tau", tau); put(set, "rmst", m[, 5]); put(set, "rmst.se", m[, 6])
  }
}

tests <- function(set, d) {
  if (length(unique(d$group)) < 2 || sum(d$event) == 0) return()
  for (rho in 0:1) {
    r <- quietly(survdiff(Surv(time, event) ~ group, d, rho = rho))$value
    if (is.null(r) || sum(r$exp > 0) < 2) next
    put(set, paste0("chisq", rho), r$chisq); put(set, paste0("df", rho), sum(r$exp > 0) - 1)
    put(set, paste0("obs", rho), r$obs); put(set, paste0("exp", rho), r$exp)
  }
}

incidence <- function(set, d) {
  kinds <- sort(unique(d$cause[d$cause > 0]))
  if (length(kinds) < 1) return()
  d$state <- factor(d$cause, c(0, kinds))
  f <- quietly(survfit(Surv(time, state) ~ group, d))$value
  if (is.null(f)) return()
  for (k in seq_along(kinds)) {
    put(set, paste0("cif", k), f$pstate[, k + 1]); put(set, paste0("cif.se", k), f$std.err[, k + 1])
    put(set, paste0("cif.lower", k), f$lower[, k + 1])
    p <- quietly(survfit(Surv(time, state) ~ group, d, conf.type = "plain"))$value
    put(set, paste0("cif.plain", k), c(p$lower[, k + 1], p$upper[, k + 1]))
  }
  put(set, "cif.time", f$time)
  put(set, "cif.rows", if (is.null(f$strata)) length(f$time) else f$strata)
}

cox <- function(set, d) {
  for (ties in c("efron", "breslow")) {
    q <- quietly(coxph(Surv(time, event) ~ x1 + x2 + x3, d, ties = ties,
      control = coxph.control(eps = 2e-12, iter.max = 60)))
    f <- q$value
    put(set, paste0(ties, ".warned"), q$warned)
    if (is.null(f)) next
    put(set, paste0(ties, ".coef"), coef(f)); put(set, paste0(ties, ".se"), sqrt(diag(vcov(f))))
    put(set, paste0(ties, ".loglik"), f$loglik); put(set, paste0(ties, ".score"), f$score)
    put(set, paste0(ties, ".wald"), f$wald.test)
    if (q$warned || anyNA(coef(f))) next
    # where the covariates nearly separate, R stops in the test of these errors
    r <- quietly(coxph(Surv(time, event) ~ x1 + x2 + x3, d, ties = ties, robust = TRUE,
      control = coxph.control(eps = 2e-12, iter.max = 60)))$value
    if (!is.null(r)) put(set, paste0(ties, ".robust"), sqrt(diag(vcov(r))))
    r <- quietly(coxph(Surv(time, event) ~ x1 + x2 + x3, d, ties = ties, cluster = cluster,
      control = coxph.control(eps = 2e-12, iter.max = 60)))$value
    if (!is.null(r)) put(set, paste0(ties, ".cluster"), sqrt(diag(vcov(r))))
  }
}

pairs <- function(set, d) {
  t1 <- quietly(t.test(d$a, d$b, paired = TRUE))$value
  if (!is.null(t1)) put(set, "paired", c(t1$statistic, t1$parameter, t1$p.value, t1$conf.int))
  t2 <- quietly(t.test(d$a, d$b))$value
  if (!is.null(t2)) put(set, "welch", c(t2$statistic, t2$parameter, t2$p.value, t2$conf.int))
  if (any(d$a != d$b)) {
    w <- quietly(wilcox.test(d$a, d$b, paired = TRUE))$value
    put(set, "signed", c(w$statistic, w$p.value))
    put(set, "signed.plain", suppressWarnings(wilcox.test(d$a, d$b, paired = TRUE, exact = FALSE, correct = FALSE))$p.value)
    z <- d$a - d$b
    n <- quietly(wilcox.test(z, exact = FALSE, conf.int = TRUE, tol.root = 1e-13))$value
    # where R lowers the level it has no interval of this one
    if (!is.null(n)) put(set, "signed.normal", if (identical(attr(n$conf.int, "conf.level"), 0.95)) n$conf.int else c(NA, NA))
    if (all(z != 0) && !anyDuplicated(abs(z)) && length(z) < 50) {
      w <- quietly(wilcox.test(z, conf.int = TRUE))$value
      put(set, "signed.ci", c(w$estimate, if (identical(attr(w$conf.int, "conf.level"), 0.95)) w$conf.int else c(NA, NA)))
    }
  }
  k <- quietly(kruskal.test(d$a, factor(d$f)))$value
  if (!is.null(k) && length(unique(d$f)) > 1) put(set, "kruskal", c(k$statistic, k$p.value))
}

counts <- function(set, d) {
  x <- d$x1[1]; n <- d$n1[1]; x2 <- d$x2[1]; n2 <- d$n2[1]
  share <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int
  put(set, "wilson", share(x, n))
  w1 <- share(x, n); w2 <- share(x2, n2); p1 <- x / n; p2 <- x2 / n2 # Newcombe's method 10
  put(set, "newcombe", p1 - p2 + c(-1, 1) * sqrt(c((p1 - w1[1])^2 + (w2[2] - p2)^2, (w1[2] - p1)^2 + (p2 - w2[1])^2)))
  put(set, "exact", binom.test(x, n)$conf.int)
  table <- matrix(c(x, n - x, x2, n2 - x2), 2, byrow = TRUE)
  put(set, "fisher", fisher.test(table)$p.value)
  if (all(colSums(table) > 0)) {
    put(set, "chisq", suppressWarnings(chisq.test(table, correct = FALSE))$statistic)
    put(set, "yates", suppressWarnings(chisq.test(table))$p.value)
  }
  m <- matrix(c(1, x, x2, 1), 2)
  if (x + x2 > 0) {
    put(set, "mcnemar", c(mcnemar.test(m, correct = FALSE)$statistic, mcnemar.test(m)$p.value, binom.test(x, x + x2)$p.value))
    p <- poisson.test(c(x, x2), c(n, n2))
    put(set, "poisson", c(p$estimate, p$p.value, p$conf.int))
  }
  put(set, "bh", p.adjust(d$p, "BH"))
}

regressions <- function(set, d) {
  d$f <- factor(d$f)
  if (nlevels(d$f) < 2) return()
  f <- lm(a ~ b + z + f, d)
  if (anyNA(coef(f)) || f$df.residual < 1 || deviance(f) < 1e-20 * sum(d$a^2)) return()
  s <- suppressWarnings(summary(f))
  put(set, "lm", coef(f)); put(set, "lm.se", s$coefficients[, 2]); put(set, "lm.p", s$coefficients[, 4])
  put(set, "lm.fit", c(s$sigma, s$r.squared, s$adj.r.squared, s$fstatistic[1]))
  X <- model.matrix(f); u <- rowsum(X * residuals(f), d$g); n <- nrow(X); G <- nrow(u)
  if (G > 1) {
    B <- s$cov.unscaled
    V <- B %*% crossprod(u) %*% B * G / (G - 1) * (n - 1) / (n - ncol(X))
    put(set, "lm.cluster", sqrt(pmax(0, diag(V))))
    k <- ncol(X) - 1
    if (k < G - 1) {
      W <- V[-1, -1, drop = FALSE]; s <- sqrt(diag(W)); b <- coef(f)[-1] / s
      C <- W / outer(s, s)
      if (all(is.finite(C)) && rcond(C) > 1e-8) {
        F <- sum(b * solve(C, b)) / k
        put(set, "lm.wald", c(F, pf(F, k, G - 1, lower.tail = FALSE)))
      }
    }
  }
  q <- quietly(glm(yes ~ z + f, binomial, d, control = glm.control(epsilon = 1e-14, maxit = 60)))
  put(set, "glm.warned", q$warned)
  if (!is.null(q$value)) {
    # once more from the end: R's errors are those of the step before the last
    if (!anyNA(coef(q$value))) q <- quietly(update(q$value, start = coef(q$value)))
    put(set, "glm", coef(q$value)); put(set, "glm.se", sqrt(diag(vcov(q$value))))
    put(set, "glm.dev", c(deviance(q$value), q$value$null.deviance))
  }
  if (min(table(d$f)) > 0) {
    a <- aov(a ~ f, d)
    if (a$df.residual > 0 && deviance(a) > 0) {
      s <- summary(a)[[1]]
      put(set, "aov", c(s[1, 4], s[1, 5]))
      put(set, "tukey", TukeyHSD(a)$f[, c("diff", "p adj")])
    }
  }
}

mixed <- function(set, d) {
  control <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.1, rhoend = 1e-11, maxfun = 1e5), calc.derivs = FALSE,
    check.conv.singular = "ignore")
  forms <- list(level = y ~ x + w + (1 | s), slope = y ~ x + w + (x | s))
  for (name in names(forms)) {
    parts <- quietly(lFormula(forms[[name]], d, control = control))$value
    if (is.null(parts)) next
    for (reml in c(TRUE, FALSE)) {
      f <- quietly(steps(parts, reml, control))$value
      if (is.null(f)) next
      key <- paste0(name, if (reml) ".reml" else ".ml")
      put(set, paste0(key, ".crit"), -2 * as.numeric(logLik(f)))
      put(set, paste0(key, ".coef"), fixef(f)); put(set, paste0(key, ".se"), sqrt(diag(as.matrix(vcov(f)))))
      put(set, paste0(key, ".sd"), c(attr(VarCorr(f)$s, "stddev"), sigma(f)))
    }
  }
}

# steps is lmer in its own steps (?modular), so that the formula is read once.
steps <- function(parts, reml, control) {
  parts$REML <- reml
  deviance <- do.call(mkLmerDevfun, c(parts, list(control = control)))
  least <- optimizeLmer(deviance, optimizer = control$optimizer, control = control$optCtrl, calc.derivs = FALSE)
  mkMerMod(environment(deviance), least, parts$reTrms, fr = parts$fr)
}

each <- function(file, ...) {
  all <- read.csv(file.path(folder, file))
  for (d in split(all, all$set)) for (work in list(...)) work(d$set[1], d)
}
each("survival.csv", curves, tests, incidence, cox)
each("stats.csv", pairs, counts, regressions)
each("mixed.csv", mixed)
close(out)
