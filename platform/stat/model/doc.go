// Package model explains an outcome by other columns: linear and logistic
// regression, mixed models for people measured again and again, difference in
// differences, and weights that make two groups comparable that were not drawn
// by lot. None of them makes a cause out of a comparison: that comes from how
// people got into the groups, and each function says what it assumes there.
//
// Linear algebra is gonum's; the models are ours because Go has no library for
// them. R's lm, glm and lme4 are the oracles in the tests.
package model
