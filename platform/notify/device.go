package notify

import (
	"errors"
	"slices"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/seal"
)

// Device is where an account can be reached. Its address is sealed under the
// account's key.
type Device struct {
	ID       string
	Account  string
	Channel  string
	Address  string // an e-mail address, a telephone number, or a push subscription in JSON
	Language i18n.Lang
}

const (
	insertDevice = `INSERT INTO notify_device (tenant, device, account, channel, address, language, added_at, gone_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`
	selectDevices = `SELECT device, channel FROM notify_device WHERE tenant = $1 AND account = $2 AND gone_at = 0 ORDER BY device`
	selectDevice  = `SELECT account, channel, address, language FROM notify_device WHERE tenant = $1 AND device = $2 AND gone_at = 0`
	updateGone    = `UPDATE notify_device SET gone_at = $4, address = $5 WHERE tenant = $1 AND device = $2 AND account = $3`

	updateGoneAgain = `UPDATE notify_device SET gone_at = $3, address = $4 WHERE tenant = $1 AND device = $2 AND gone_at = 0`
)

const devicePlace = "notify_device.address"

// DeviceKind is under which kind a device that was taken away stands in the list of what
// was taken back (db.Tx.TakenBack). It never comes back: who adds it again has a new one.
const DeviceKind = "device"

// AddDevice keeps a way to reach an account and returns its id. An account has
// at most ten.
func AddDevice(tx *db.Tx, d Device) (string, error) {
	if !slices.Contains(Outbound(), d.Channel) || d.Address == "" || len(d.Address) > 2000 {
		return "", errs.At("notify: add device", "address", "error.not-understood")
	}
	have, err := devicesOf(tx, d.Account)
	if err != nil {
		return "", err
	}
	if len(have) >= 10 {
		return "", errs.New(errs.TooMany, "notify: add device", "")
	}
	sealed, err := tx.Vault().Seal(tx.Scope().Tenant, d.Account, devicePlace, []byte(d.Address))
	if err != nil {
		return "", errs.Wrap("notify: add device", err)
	}
	if d.ID == "" {
		d.ID = id.New(tx.Now())
	}
	_, err = tx.Exec(insertDevice, d.ID, d.Account, d.Channel, sealed, string(d.Language), tx.Now())
	return d.ID, errs.Wrap("notify: add device", err)
}

// RemoveDevice forgets a way to reach the account in the scope, and its
// address. Another's device is NotFound.
func RemoveDevice(tx *db.Tx, device string) error {
	d, err := readDevice(tx, device)
	if err == nil && d.Account != tx.Scope().Actor {
		err = errs.New(errs.NotFound, "device", "")
	}
	if err == nil {
		err = ForgetDevice(tx, device, d.Account)
	}
	return errs.Wrap("notify: remove device", err)
}

// ForgetDevice is RemoveDevice by whoever may act for the account: the caller
// has decided that.
func ForgetDevice(tx *db.Tx, device, account string) error {
	tx.TakenBack(DeviceKind, device)
	return errs.Wrap("notify: forget device", removeDevice(tx, device, account))
}

// ForgetAgain takes away a device that an older copy of the data brought back: a
// telephone that was lost. It reports whether it was there.
func ForgetAgain(tx *db.Tx, device string) (bool, error) {
	n, err := tx.Exec(updateGoneAgain, device, tx.Now(), []byte{})
	return n > 0, errs.Wrap("notify: forget again", err)
}

// Readdress lets a device lead to where its account is reached now. The caller has
// decided that; what waits for it goes there.
func Readdress(tx *db.Tx, device, account, address string) error {
	d, err := readDevice(tx, device)
	if err == nil && d.Account != account {
		err = errs.New(errs.NotFound, "device", "")
	}
	if err != nil || d.Address == address {
		return errs.Wrap("notify: readdress", err)
	}
	sealed, err := tx.Vault().Seal(tx.Scope().Tenant, account, devicePlace, []byte(address))
	if err == nil {
		_, err = tx.Exec("UPDATE notify_device SET address = $3 WHERE tenant = $1 AND device = $2", device, sealed)
	}
	return errs.Wrap("notify: readdress", err)
}

func removeDevice(tx *db.Tx, device, account string) error {
	_, err := tx.Exec(updateGone, device, account, tx.Now(), []byte{})
	return err
}

// OwnDevices are the ways to reach the account in the scope, with the addresses that a
// person wrote: a slip in a telephone number is seen by whoever it would wake.
func OwnDevices(tx *db.Tx) ([]Device, error) {
	all, err := devicesOf(tx, tx.Scope().Actor)
	for i, d := range all {
		if err != nil || d.Channel == Push {
			continue
		}
		all[i], err = readDevice(tx, d.ID)
	}
	return all, errs.Wrap("notify: own devices", err)
}

// Devices are the ways to reach an account, without the addresses.
func Devices(tx *db.Tx, account string) ([]Device, error) { return devicesOf(tx, account) }

func devicesOf(tx *db.Tx, account string) ([]Device, error) {
	rows, err := tx.Query(selectDevices, account)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Device
	for rows.Next() {
		d := Device{Account: account}
		if err := rows.Scan(&d.ID, &d.Channel); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// Telephone is the number an account gave for texts, the first of several; ""
// when they gave none. Whoever asks has decided that they may call.
func Telephone(tx *db.Tx, account string) (string, error) {
	all, err := devicesOf(tx, account)
	i := slices.IndexFunc(all, func(d Device) bool { return d.Channel == SMS })
	if err != nil || i < 0 {
		return "", err
	}
	d, err := readDevice(tx, all[i].ID)
	if errs.Is(err, errs.NotFound) {
		return "", nil
	}
	return d.Address, errs.Wrap("notify: telephone", err)
}

func readDevice(tx *db.Tx, device string) (Device, error) {
	d := Device{ID: device}
	var sealed []byte
	if err := tx.Row(selectDevice, device).Scan(&d.Account, &d.Channel, &sealed, &d.Language); err != nil {
		return d, err
	}
	plain, err := tx.Vault().UnsealOf(tx.Scope().Tenant, d.Account, devicePlace, sealed)
	if errors.Is(err, seal.ErrErased) {
		return d, errs.New(errs.NotFound, "device", "")
	}
	d.Address = string(plain)
	return d, err
}
