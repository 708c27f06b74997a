package db

import (
	"context"

	"alongside/platform/errs"
)

func openPostgres(context.Context, Options) (engine, error) {
	return nil, errs.New(errs.Internal, "not there yet", "")
}
