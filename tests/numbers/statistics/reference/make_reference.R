# Makes the reference values in this folder with R's metafor, lme4 and stats.
#
# R is no dependency of the project: the JSON files are kept in version control. Run this script
# again only to add values or to compare with another version of metafor:
#
#   apt-get install r-base-core r-cran-metafor r-cran-lme4 r-cran-jsonlite
#   Rscript tests/statistics/reference/make_reference.R
#
# The versions that made the files stand in versions.json. Iterations run to a tighter threshold
# than metafor's own, so that values can be compared to more digits than are printed.

suppressMessages({
  library(metafor)
  library(jsonlite)
})

folder <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
tight <- list(threshold = 1e-14, maxiter = 5000, tol = 1e-14)

keep <- function(values, name) {
  write_json(values, file.path(folder, name), digits = NA, auto_unbox = TRUE, pretty = 1,
             null = "null", na = "null")
}

# ---------------------------------------------------------------- data sets

rr <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
or <- escalc("OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
rd <- escalc("RD", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
collins_a <- escalc("OR", ai = b.xti, n1i = nti, ci = b.xci, n2i = nci,
                    data = dat.collins1985a[!is.na(dat.collins1985a$b.xti), ])
collins_b <- escalc("OR", ai = pre.xti, n1i = pre.nti, ci = pre.xci, n2i = pre.nci,
                    data = dat.collins1985b[, 1:7])
hine <- escalc("RD", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.hine1989)
lee <- escalc("OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.lee2004)
days <- dat.normand1999
days$sdpi <- with(days, sqrt(((n1i - 1) * sd1i^2 + (n2i - 1) * sd2i^2) / (n1i + n2i - 2)))
days <- escalc("MD", m1i = m1i, sd1i = sdpi, n1i = n1i, m2i = m2i, sd2i = sdpi, n2i = n2i,
               data = days)
pritz <- escalc("PLO", xi = xi, ni = ni, data = dat.pritz1997)

sets <- list(
  "dat.bcg, log risk ratio" = list(yi = rr$yi, vi = rr$vi),
  "dat.bcg, log odds ratio" = list(yi = or$yi, vi = or$vi),
  "dat.bcg, risk difference" = list(yi = rd$yi, vi = rd$vi),
  "dat.raudenbush1985" = list(yi = dat.raudenbush1985$yi, vi = dat.raudenbush1985$vi),
  "dat.collins1985a, bleeding" = list(yi = collins_a$yi, vi = collins_a$vi),
  "dat.collins1985b, pre-eclampsia" = list(yi = collins_b$yi, vi = collins_b$vi),
  "dat.pignon2000" = list(yi = dat.pignon2000$OmE / dat.pignon2000$V, vi = 1 / dat.pignon2000$V),
  "dat.hine1989, risk difference" = list(yi = hine$yi, vi = hine$vi),
  "dat.lee2004, log odds ratio" = list(yi = lee$yi, vi = lee$vi),
  "dat.normand1999, mean difference" = list(yi = days$yi, vi = days$vi),
  "dat.pritz1997, logit" = list(yi = pritz$yi, vi = pritz$vi)
)

# ---------------------------------------------------------------- pooling

fit <- function(set, method, test = "z", level = 95) {
  rma(as.numeric(set$yi), as.numeric(set$vi), method = method, test = test, level = level,
      control = if (method == "PM") list(tol = 1e-14, maxiter = 5000) else tight)
}

core <- function(res) {
  list(estimate = as.numeric(res$beta), standard_error = res$se, low = res$ci.lb,
       high = res$ci.ub, p = res$pval, tau_squared = res$tau2)
}

# Higgins 2009: Student t with k - 2 degrees of freedom
prediction <- function(res) {
  half <- qt(0.975, res$k - 2) * sqrt(res$tau2 + res$se^2)
  as.numeric(res$beta) + c(-half, half)
}

pooled <- function(name) {
  set <- sets[[name]]
  common <- fit(set, "EE")
  random <- list()
  for (method in c("DL", "PM", "REML")) {
    res <- fit(set, method)
    if (method == "PM") {
      # metafor stops a Paule-Mandel search at its own tolerance; the root itself is wanted
      Q <- function(t) {
        w <- 1 / (set$vi + t)
        sum(w * (set$yi - sum(w * set$yi) / sum(w))^2) - (length(set$yi) - 1)
      }
      tau2 <- if (Q(0) <= 0) 0 else
        uniroot(Q, c(0, 100 * var(set$yi) + 1e-6), tol = .Machine$double.eps)$root
      stopifnot(abs(tau2 - res$tau2) < 1e-5)
      res <- rma(as.numeric(set$yi), as.numeric(set$vi), tau2 = tau2, method = "PM")
    }
    hartung_knapp <- rma(as.numeric(set$yi), as.numeric(set$vi), tau2 = res$tau2, test = "knha")
    ad_hoc <- rma(as.numeric(set$yi), as.numeric(set$vi), tau2 = res$tau2, test = "adhoc")
    ends <- confint(fit(set, method), control = list(tol = 1e-14, maxiter = 5000, tau2.max = 1e5))
    random[[method]] <- c(core(res), list(
      i_squared = res$I2, h_squared = res$H2, weights = as.numeric(weights(res)),
      hartung_knapp = core(hartung_knapp), ad_hoc = core(ad_hoc),
      tau_squared_interval = as.numeric(ends$random["tau^2", c("ci.lb", "ci.ub")]),
      i_squared_interval = as.numeric(ends$random["I^2(%)", c("ci.lb", "ci.ub")]),
      h_squared_interval = as.numeric(ends$random["H^2", c("ci.lb", "ci.ub")]),
      prediction = prediction(res), prediction_hartung_knapp = prediction(hartung_knapp),
      metafor_default_prediction = with(predict(res), c(pi.lb, pi.ub))))
  }
  list(set = name, estimates = as.numeric(set$yi), variances = as.numeric(set$vi),
       q = common$QE, q_p = common$QEp,
       common = c(core(common), list(i_squared = common$I2, h_squared = common$H2,
                                     weights = as.numeric(weights(common)))),
       common_90 = core(fit(set, "EE", level = 90)), random = random)
}

keep(lapply(names(sets), pooled), "pooling.json")

# ---------------------------------------------------------------- leave-one-out, cumulative, groups

left_out <- function(set, method) {
  lapply(seq_along(set$yi), function(i)
    core(fit(list(yi = set$yi[-i], vi = set$vi[-i]), method)))
}

by_year <- function(set, years, method) {
  lapply(sort(unique(years)), function(year) {
    upto <- years <= year
    c(list(year = year), core(fit(list(yi = set$yi[upto], vi = set$vi[upto]), method)))
  })
}

in_groups <- function(set, groups, method) {
  names <- sort(unique(groups))
  fits <- lapply(names, function(name)
    fit(list(yi = set$yi[groups == name], vi = set$vi[groups == name]), method))
  between <- rma(sapply(fits, function(res) as.numeric(res$beta)),
                 sapply(fits, function(res) res$se^2), method = "EE")
  list(groups = setNames(lapply(fits, core), names), q = between$QE, q_p = between$QEp)
}

bcg <- sets[["dat.bcg, log risk ratio"]]
raudenbush <- sets[["dat.raudenbush1985"]]
keep(list(
  bcg = list(years = dat.bcg$year, alloc = dat.bcg$alloc,
             leave_one_out = list(DL = left_out(bcg, "DL"), REML = left_out(bcg, "REML")),
             cumulative = list(DL = by_year(bcg, dat.bcg$year, "DL"),
                               REML = by_year(bcg, dat.bcg$year, "REML")),
             subgroups = list(DL = in_groups(bcg, dat.bcg$alloc, "DL"),
                              REML = in_groups(bcg, dat.bcg$alloc, "REML"))),
  raudenbush = list(years = dat.raudenbush1985$year, tester = dat.raudenbush1985$tester,
                    leave_one_out = list(REML = left_out(raudenbush, "REML")),
                    cumulative = list(REML = by_year(raudenbush, dat.raudenbush1985$year, "REML")),
                    subgroups = list(REML = in_groups(raudenbush, dat.raudenbush1985$tester,
                                                      "REML")))
), "sensitivity.json")

# ---------------------------------------------------------------- pooled proportions

share <- function(name, xi, ni) {
  logit <- rma(measure = "PLO", xi = xi, ni = ni, method = "REML", control = tight)
  arcsine <- rma(measure = "PFT", xi = xi, ni = ni, method = "REML", control = tight)
  back <- predict(arcsine, transf = transf.ipft.hm, targs = list(ni = ni))
  shown <- predict(logit, transf = transf.ilogit)
  mixed <- function(points) {
    res <- rma.glmm(measure = "PLO", xi = xi, ni = ni, nAGQ = points)
    list(estimate = as.numeric(res$beta), standard_error = res$se, tau_squared = res$tau2,
         i_squared = res$I2, h_squared = res$H2, q = res$QE.LRT, q_p = res$QEp.LRT,
         q_degrees = res$QE.df, q_wald = res$QE.Wld, low = transf.ilogit(res$ci.lb), high = transf.ilogit(res$ci.ub),
         share = transf.ilogit(as.numeric(res$beta)))
  }
  list(set = name, events = xi, n = ni,
       logit = c(core(logit), list(share = shown$pred, share_low = shown$ci.lb,
                                   share_high = shown$ci.ub)),
       freeman_tukey = c(core(arcsine), list(
         estimates = as.numeric(arcsine$yi), variances = as.numeric(arcsine$vi),
         share = back$pred, share_low = back$ci.lb, share_high = back$ci.ub)),
       logistic_7 = mixed(7), logistic_25 = mixed(25))
}

# The studies of this site that the re-analysis pools without a doubt, on 2026-11-28: nobody of 30
# in one, everybody in two
readable <- list(x = c(17, 9, 3, 7, 10, 9, 17, 9, 7, 5, 5, 0, 5, 2, 7),
                 n = c(45, 19, 4, 10, 18, 9, 50, 18, 14, 6, 11, 30, 19, 2, 23))

keep(list(
  share("dat.pritz1997", dat.pritz1997$xi, dat.pritz1997$ni),
  share("dat.nielweise2007, control", dat.nielweise2007$ci, dat.nielweise2007$n2i),
  share("dat.nielweise2007, treated", dat.nielweise2007$ai, dat.nielweise2007$n1i),
  share("dat.debruin2009", dat.debruin2009$xi, dat.debruin2009$ni),
  share("the readable studies of this site", readable$x, readable$n),
  share("two studies", c(3, 8), c(10, 9)),
  share("nobody in one, everybody in another", c(0, 5, 9, 30), c(10, 20, 9, 100)),
  share("studies that agree", c(3, 13, 15), c(10, 40, 50))
), "pooled_proportion.json")

# ---------------------------------------------------------------- one proportion

intervals <- function(x, n, level) {
  score <- prop.test(x, n, conf.level = level / 100, correct = FALSE)$conf.int
  exact <- binom.test(x, n, conf.level = level / 100)$conf.int
  tail <- (1 - level / 100) / 2
  jeffreys <- c(if (x == 0) 0 else qbeta(tail, x + 0.5, n - x + 0.5),
                if (x == n) 1 else qbeta(1 - tail, x + 0.5, n - x + 0.5))
  list(events = x, n = n, level = level, wilson = as.numeric(score),
       clopper_pearson = as.numeric(exact), jeffreys = jeffreys)
}

counts <- list(c(37, 40), c(58, 103), c(39, 101), c(81, 263), c(15, 148), c(0, 20), c(1, 29),
               c(29, 29), c(0, 65), c(65, 65), c(28, 81), c(0, 1), c(1, 1), c(5000, 12345), c(1, 1000000))
keep(suppressWarnings(c(
  lapply(counts, function(each) intervals(each[1], each[2], 95)),
  list(intervals(37, 40, 90), intervals(37, 40, 99)))), "proportion.json")

# ---------------------------------------------------------------- two arms

effect <- function(measure, table) {
  made <- escalc(measure, ai = table[1], n1i = table[2], ci = table[3], n2i = table[4])
  ends <- summary(made)
  list(estimate = as.numeric(made$yi), variance = as.numeric(made$vi),
       low = as.numeric(ends$ci.lb), high = as.numeric(ends$ci.ub))
}

two_arms <- function(a, n1, c, n2) {
  table <- c(a, n1, c, n2)
  cells <- matrix(c(a, n1 - a, c, n2 - c), 2, byrow = TRUE)
  zero <- any(cells == 0)
  list(treated = c(a, n1), control = c(c, n2),
       log_risk_ratio = effect("RR", table), log_odds_ratio = effect("OR", table),
       risk_difference = if (zero) NULL else effect("RD", table),
       risk_difference_variance = effect("RD", table)$variance,
       chi_squared = chisq.test(cells, correct = FALSE)$p.value,
       chi_squared_corrected = chisq.test(cells, correct = TRUE)$p.value,
       fisher = fisher.test(cells)$p.value)
}

tables <- list(c(58, 103, 39, 101), c(138, 283, 132, 285), c(9, 12, 5, 6), c(3, 4, 1, 4),
               c(10, 13, 2, 17), c(56, 70, 48, 80), c(9, 10, 3, 10), c(5, 56, 0, 29),
               c(10, 10, 12, 15), c(4, 123, 11, 139), c(8, 106, 5, 120), c(30, 176, 21, 205),
               c(140, 162, 128, 155), c(505, 88391, 499, 88391), c(0, 5, 1, 500), c(1, 1, 0, 1))
keep(suppressWarnings(lapply(tables, function(each) do.call(two_arms, as.list(each)))),
     "two_arms.json")

keep(list(R = R.version.string, metafor = as.character(packageVersion("metafor")),
          metadat = as.character(packageVersion("metadat")),
          lme4 = as.character(packageVersion("lme4"))), "versions.json")
