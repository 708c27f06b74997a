// Package design turns the columns that a person names into the columns of
// numbers that a regression needs: a factor becomes one 0/1 column for each
// level but the reference, named column=level, and a:b becomes products. All
// regressions share it so that a level has the same name, order and reference
// everywhere. It is ours because gonum's matrices have no names or factors.
package design
