# Makes comparison.json: all that the program computes of studies, by R's metafor, for data sets that
# ship with it and for 300 random sets at the edges: counts of 0, tiny arms, two studies, studies that
# are equal, and studies that lie very far apart.
#
#   Rscript tests/numbers/statistics/reference/make_comparison.R
#
# It needs what make_reference.R needs. What metafor does not give (an error, or NA) is null.

suppressMessages({
  library(metafor)
  library(jsonlite)
})
options(warn = -1)

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
control <- list(threshold = 1e-13, tol = 1e-13, maxiter = 20000)
or_null <- function(value) tryCatch(value, error = function(problem) NULL)
numbers <- function(...) as.numeric(c(...))

# ---------------------------------------------------------------- one set of estimates

fit <- function(yi, vi, method) {
  res <- or_null(rma(yi, vi, method = method, control = control))
  if (is.null(res))  # Fisher scoring that goes round in circles converges with half steps
    res <- or_null(rma(yi, vi, method = method, control = c(control, stepadj = 0.5)))
  res
}

ends <- function(res) numbers(res$beta, res$se, res$ci.lb, res$ci.ub, res$pval)

random <- function(yi, vi, method) {
  res <- fit(yi, vi, method)
  if (is.null(res)) return(NULL)
  again <- function(test) ends(rma(yi, vi, tau2 = res$tau2, test = test))
  half <- if (res$k > 2) qt(0.975, res$k - 2) * sqrt(res$tau2 + res$se^2) else NA
  list(spread = numbers(res$tau2, res$I2, res$H2), wald = ends(res), knha = again("knha"),
       adhoc = again("adhoc"), weights = numbers(weights(res)),
       prediction = if (res$k > 2) numbers(res$beta) + c(-half, half) else NULL)
}

q_profile <- function(yi, vi) {
  res <- fit(yi, vi, "DL")
  if (is.null(res)) return(NULL)
  found <- or_null(confint(res, control = list(tol = 1e-15, maxiter = 20000, tau2.max = 1e8)))
  if (is.null(found)) return(NULL)
  found <- found$random[c("tau^2", "I^2(%)", "H^2"), c("ci.lb", "ci.ub")]
  if (anyNA(found)) NULL else numbers(t(found))
}

regression <- function(yi, vi, x) {
  if (length(yi) < 3 || length(unique(x)) < 2) return(NULL)
  res <- or_null(rma(yi, vi, mods = ~ x, control = control))
  if (is.null(res)) res <- or_null(rma(yi, vi, mods = ~ x, control = c(control, stepadj = 0.5)))
  if (is.null(res) || length(res$beta) < 2) return(NULL)
  again <- function(test) {
    made <- rma(yi, vi, mods = ~ x, tau2 = res$tau2, test = test)
    numbers(made$beta, made$se, made$ci.lb, made$ci.ub, made$pval, made$QM, made$QMp)
  }
  before <- fit(yi, vi, "REML")
  gain <- if (is.null(before) || before$tau2 == 0) NA else
    max(0, 100 * (before$tau2 - res$tau2) / before$tau2)
  list(spread = numbers(res$tau2, res$I2, res$QE, res$QEp),
       r_squared = if (is.na(gain)) NULL else gain,
       wald = again("z"), knha = again("knha"), adhoc = again("adhoc"))
}

egger <- function(yi, vi) {
  if (length(yi) < 10 || length(unique(vi)) < 2) return(NULL)
  res <- or_null(regtest(yi, vi, model = "lm"))
  if (is.null(res)) return(NULL)
  slope <- coef(summary(res$fit))[2, ]
  numbers(slope[1], slope[2], res$zval, res$dfs, res$pval)
}

of_estimates <- function(yi, vi, x) {
  common <- rma(yi, vi, method = "EE")
  groups <- rank(x, ties.method = "first") %% 2
  list(yi = yi, vi = vi,
       common = c(ends(common), numbers(common$QE, common$QEp, common$I2)),
       DL = random(yi, vi, "DL"), PM = random(yi, vi, "PM"), REML = random(yi, vi, "REML"),
       q_profile = q_profile(yi, vi), regression = regression(yi, vi, x), egger = egger(yi, vi))
}

# ---------------------------------------------------------------- counts, means, rates

effects <- function(made) list(yi = numbers(made$yi), vi = numbers(made$vi))

known <- function(made) !is.na(made$yi) & !is.na(made$vi) & made$vi > 0

common <- function(call) {
  res <- or_null(call)
  if (is.null(res) || is.na(res$beta)) return(NULL)
  list(ends = ends(res), spread = numbers(res$QE, res$QEp, res$I2),
       weights = numbers(weights(res)))
}

peters <- function(d, or) {
  if (nrow(d) < 10 || anyNA(or$yi) || length(unique(d$n1 + d$n2)) < 2) return(NULL)
  all <- d$n1 + d$n2
  events <- d$a + d$c
  slope <- coef(summary(lm(or$yi ~ I(1 / all), weights = 1 / (1 / events + 1 / (all - events)))))[2, ]
  numbers(slope[1], slope[2], slope[3], nrow(d) - 2, slope[4])
}

of_counts <- function(d, x) {
  made <- lapply(c(RR = "RR", OR = "OR", RD = "RD"), function(measure)
    escalc(measure, ai = a, n1i = n1, ci = c, n2i = n2, data = d,
           drop00 = if (measure == "RD") FALSE else TRUE))
  mh <- lapply(c(RR = "RR", OR = "OR", RD = "RD"), function(measure)
    common(rma.mh(measure = measure, ai = a, n1i = n1, ci = c, n2i = n2, data = d)))
  or <- made$OR
  there <- known(or)
  pooled <- if (any(there)) of_estimates(numbers(or$yi[there]), numbers(or$vi[there]), x[there])
  list(effects = lapply(made, effects), mantel_haenszel = mh,
       peto = common(rma.peto(ai = a, n1i = n1, ci = c, n2i = n2, data = d)),
       peters = peters(d, or), pooled = pooled)
}

of_means <- function(d, x) {
  made <- lapply(c(MD = "MD", SMD = "SMD"), function(measure)
    escalc(measure, m1i = m1, sd1i = sd1, n1i = n1, m2i = m2, sd2i = sd2, n2i = n2, data = d))
  list(effects = lapply(made, effects),
       pooled = of_estimates(numbers(made$SMD$yi), numbers(made$SMD$vi), x))
}

of_rates <- function(d, x) {
  made <- lapply(c(IRR = "IRR", IRD = "IRD"), function(measure)
    escalc(measure, x1i = x1, t1i = t1, x2i = x2, t2i = t2, data = d,
           drop00 = if (measure == "IRD") FALSE else TRUE))
  single <- escalc("IRLN", xi = x1, ti = t1, data = d)
  exact <- sapply(seq_len(nrow(d)), function(i) poisson.test(d$x1[i], d$t1[i])$conf.int)
  there <- known(made$IRR)
  pooled <- if (any(there)) of_estimates(numbers(made$IRR$yi[there]), numbers(made$IRR$vi[there]),
                                         x[there])
  list(effects = c(lapply(made, effects), list(IRLN = effects(single))),
       exact = list(low = exact[1, ], high = exact[2, ]),
       mantel_haenszel = list(IRR = common(rma.mh(measure = "IRR", x1i = x1, t1i = t1, x2i = x2,
                                                  t2i = t2, data = d))),
       pooled = pooled)
}

set <- function(name, kind, d, x) {
  d <- as.data.frame(lapply(d, as.numeric))
  # What is kept is what was computed from: 12 digits
  d <- as.data.frame(lapply(d, signif, digits = 12))
  x <- signif(as.numeric(x), 12)
  made <- switch(kind, counts = of_counts(d, x), means = of_means(d, x), rates = of_rates(d, x),
                 estimates = list(pooled = of_estimates(d$yi, d$vi, x)))
  if (!is.null(made$pooled) && kind == "estimates") made$pooled[c("yi", "vi")] <- NULL
  list(name = name, kind = kind, data = as.list(d), x = x, metafor = made)
}

# ---------------------------------------------------------------- data sets that ship with metafor

plain <- function(name) {
  d <- get(name)
  class(d) <- "data.frame"
  d
}

counts <- function(name, a, n1, c, n2, x = NULL, keep = TRUE) {
  d <- plain(name)
  d <- d[eval(substitute(keep), d), ]
  e <- data.frame(a = eval(substitute(a), d), n1 = eval(substitute(n1), d),
                  c = eval(substitute(c), d), n2 = eval(substitute(n2), d))
  given <- eval(substitute(x), d)
  there <- stats::complete.cases(e) & (if (is.null(given)) TRUE else !is.na(given))
  e <- e[there, ]
  set(name, "counts", e, if (is.null(given)) seq_len(nrow(e)) else given[there])
}

estimates <- function(name, yi, vi, x = NULL, keep = TRUE) {
  d <- plain(name)
  d <- d[eval(substitute(keep), d), ]
  e <- data.frame(yi = eval(substitute(yi), d), vi = eval(substitute(vi), d))
  given <- eval(substitute(x), d)
  there <- stats::complete.cases(e) & (if (is.null(given)) TRUE else !is.na(given))
  e <- e[there, ]
  set(name, "estimates", e, if (is.null(given)) seq_len(nrow(e)) else given[there])
}

means <- function(name, m1, sd1, n1, m2, sd2, n2, keep = TRUE) {
  d <- plain(name)
  d <- d[eval(substitute(keep), d), ]
  e <- data.frame(m1 = eval(substitute(m1), d), sd1 = eval(substitute(sd1), d),
                  n1 = eval(substitute(n1), d), m2 = eval(substitute(m2), d),
                  sd2 = eval(substitute(sd2), d), n2 = eval(substitute(n2), d))
  e <- e[stats::complete.cases(e), ]
  set(name, "means", e, seq_len(nrow(e)))
}

rates <- function(name) {
  d <- plain(name)
  e <- data.frame(x1 = d$x1i, t1 = d$t1i, x2 = d$x2i, t2 = d$t2i)
  set(name, "rates", e, d$year)
}

shipped <- list(
  counts("dat.bcg", tpos, tpos + tneg, cpos, cpos + cneg, ablat),
  counts("dat.hine1989", ai, n1i, ci, n2i),
  counts("dat.lee2004", ai, n1i, ci, n2i, year),
  counts("dat.nielweise2007", ai, n1i, ci, n2i, year),
  counts("dat.li2007", ai, n1i, ci, n2i, year),
  counts("dat.linde2005", ai, n1i, ci, n2i, year),
  counts("dat.egger2001", ai, n1i, ci, n2i, year),
  counts("dat.hahn2001", ai, n1i, ci, n2i),
  counts("dat.axfors2021", hcq_arm_event, hcq_arm_total, control_arm_event, control_arm_total),
  counts("dat.damico2009", xt, nt, xc, nc, year),
  counts("dat.collins1985a", b.xti, nti, b.xci, nci, year),
  counts("dat.collins1985b", pre.xti, pre.nti, pre.xci, pre.nci),
  counts("dat.laopaiboon2015", ai, n1i, ci, n2i, year),
  counts("dat.lau1992", ai, n1i, ci, n2i, year),
  counts("dat.graves2010", ai, n1i, ci, n2i),
  counts("dat.anand1999", ai, n1i, ci, n2i, year),
  counts("dat.dorn2007", x.a, n.a, x.p, n.p, year),
  counts("dat.gibson2002", ai, ai + bi, ci, ci + di, year),
  counts("dat.yusuf1985", ai, n1i, ci, n2i, keep = table == "6"),
  means("dat.normand1999", m1i, sd1i, n1i, m2i, sd2i, n2i),
  means("dat.gibson2002", m1i, sd1i, n1i, m2i, sd2i, n2i),
  means("dat.curtis1998", m1i, sd1i, n1i, m2i, sd2i, n2i),
  means("dat.stowe2010", y1, sd1, n1, y2, sd2, n2),
  means("dat.dagostino1998", mt, sdt, nt, mc, sdc, nc, keep = outcome == "rnic1"),
  rates("dat.hart1999"),
  rates("dat.nielweise2008"),
  estimates("dat.raudenbush1985", yi, vi, weeks),
  estimates("dat.bangertdrowns2004", yi, vi, length),
  estimates("dat.konstantopoulos2011", yi, vi, year),
  estimates("dat.hackshaw1998", yi, vi, year),
  estimates("dat.baskerville2012", smd, se^2, score),
  estimates("dat.begg1989", yi, vi),
  estimates("dat.riley2003", yi, vi, keep = outcome == "OS"),
  estimates("dat.pignon2000", OmE / V, 1 / V)
)

# ---------------------------------------------------------------- 300 random sets at the edges

set.seed(20261129)
studies <- c(2, 2, 3, 4, 5, 6, 8, 10, 11, 13, 16)

sizes <- function(k) {
  how <- sample(5, 1)
  switch(how, sample(1:6, k, TRUE), sample(5:40, k, TRUE), sample(20:400, k, TRUE),
         round(10^runif(k, 0.5, 5)), rep(sample(10:100, 1), k))
}

random_counts <- function(k) {
  n1 <- sizes(k)
  n2 <- if (runif(1) < 0.5) n1 else pmax(1, round(n1 * runif(k, 0.3, 3)))
  risk <- sample(c(0.003, 0.02, 0.1, 0.4, 0.8, 0.98), 1)
  effect <- rnorm(1, 0, 1) + rnorm(k, 0, sample(c(0, 0.3, 2), 1))
  d <- data.frame(a = rbinom(k, n1, plogis(qlogis(risk) + effect)), n1 = n1,
                  c = rbinom(k, n2, risk), n2 = n2)
  how <- sample(6, 1)
  if (how == 1) d <- d[rep(1, k), ]             # equal studies
  if (how == 2) d$c[seq_len(k - 1)] <- 0        # hardly an event in the controls
  if (how == 3) d$a[1] <- d$c[1] <- 0           # nobody in one study
  if (how == 4) { d$a[1] <- d$n1[1]; d$c[1] <- d$n2[1] }  # everybody in one study
  d
}

random_means <- function(k) {
  n1 <- pmax(2, sizes(k))
  n2 <- if (runif(1) < 0.5) n1 else pmax(2, round(n1 * runif(k, 0.3, 3)))
  sd <- 10^runif(1, -2, 2)
  d <- data.frame(m1 = rnorm(k, 0, sample(c(0, 0.3, 5), 1) * sd), sd1 = sd * exp(rnorm(k, 0, 0.4)),
                  n1 = n1, m2 = rnorm(k, 0, 0.2 * sd), sd2 = sd * exp(rnorm(k, 0, 0.4)), n2 = n2)
  how <- sample(5, 1)
  if (how == 1) d <- d[rep(1, k), ]
  if (how == 2) d$sd1[1] <- 0
  d
}

random_rates <- function(k) {
  t1 <- 10^runif(k, 0.5, 4)
  t2 <- if (runif(1) < 0.5) t1 else t1 * runif(k, 0.3, 3)
  rate <- 10^runif(1, -3, 0)
  d <- data.frame(x1 = rpois(k, t1 * rate * exp(rnorm(k, rnorm(1), sample(c(0, 0.3, 1.5), 1)))),
                  t1 = t1, x2 = rpois(k, t2 * rate), t2 = t2)
  how <- sample(5, 1)
  if (how == 1) d <- d[rep(1, k), ]
  if (how == 2) d$x2[seq_len(k - 1)] <- 0
  d
}

random_estimates <- function(k) {
  vi <- switch(sample(4, 1), runif(k, 0.01, 0.5), 10^runif(k, -8, 2), rep(runif(1, 0.01, 1), k),
               rchisq(k, 1) / 4 + 1e-4)
  yi <- rnorm(k, rnorm(1), sqrt(vi + sample(c(0, 0.05, 1, 1e4), 1)))
  if (runif(1) < 0.15) yi <- rep(yi[1], k)
  data.frame(yi = yi, vi = vi)
}

edges <- lapply(1:300, function(i) {
  kind <- c("counts", "means", "rates", "estimates")[i %% 4 + 1]
  k <- sample(studies, 1)
  x <- if (runif(1) < 0.5) rnorm(k) else sample(1990:2020, k, TRUE)
  d <- switch(kind, counts = random_counts(k), means = random_means(k), rates = random_rates(k),
              estimates = random_estimates(k))
  set(sprintf("random %03d", i), kind, d, x)
})

# ---------------------------------------------------------------- groups of shares

group <- function(xi, ni) {
  res <- if (length(xi) == 1) rma(measure = "PLO", xi = xi, ni = ni) else
    rma.glmm(measure = "PLO", xi = xi, ni = ni, nAGQ = 25)
  c(as.numeric(res$beta), res$se)
}

share_groups <- function(name, xi, ni, groups) {
  names <- sort(unique(groups))
  made <- sapply(names, function(each) group(xi[groups == each], ni[groups == each]))
  between <- rma(made[1, ], made[2, ]^2, method = "EE")
  list(name = name, events = xi, n = ni, groups = groups, between = numbers(between$QE, between$QEp))
}

readable <- list(x = c(17, 9, 3, 7, 10, 9, 17, 9, 7, 5, 5, 0, 5, 2, 7),
                 n = c(45, 19, 4, 10, 18, 9, 50, 18, 14, 6, 11, 30, 19, 2, 23))
parts <- list(
  share_groups("dat.pritz1997, the first seven and the others", dat.pritz1997$xi, dat.pritz1997$ni,
               rep(c("a", "b"), c(7, 7))),
  share_groups("dat.debruin2009, by ethnicity", dat.debruin2009$xi, dat.debruin2009$ni,
               dat.debruin2009$ethnicity),
  share_groups("dat.nielweise2007, two arms as groups", c(dat.nielweise2007$ai, dat.nielweise2007$ci),
               c(dat.nielweise2007$n1i, dat.nielweise2007$n2i), rep(c("a", "b"), each = 18)),
  share_groups("readable studies, three groups", readable$x, readable$n,
               rep(c("a", "b", "c"), c(4, 7, 4))),
  share_groups("a group of one study", c(3, 8, 5, 6), c(10, 9, 20, 30), c("a", "a", "a", "b")))

text <- toJSON(list(shipped = shipped, edges = edges, share_groups = parts), digits = I(12),
               auto_unbox = TRUE, null = "null", na = "null")
# One line a set, so that a change of one is seen as one
writeLines(gsub('\\},\\{"name"', '},\n{"name"', text), file.path(folder, "comparison.json"))
