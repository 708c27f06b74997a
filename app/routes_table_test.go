package app

import "alongside/domain/access"

// The states in which somebody comes.
const (
	own       = "own"        // signed in, and asks for what is near them, if they walk with people
	mates     = "a mate's"   // what is a colleague's alone
	afar      = "afar"       // the same, at another site
	elsewhere = "elsewhere"  // signed in at another organisation
	revoked   = "revoked"    // that sign-in was ended
	suspended = "suspended"  // the account is paused
	forged    = "forged"     // the cookie is nobody's
	signedOut = "signed out" // no cookie
)

func states() []string {
	return []string{own, mates, afar, elsewhere, revoked, suspended, forged, signedOut}
}

// row is what one route promises: who gets a yes, and which id its path takes.
type row struct {
	who  []string // roles; nil: everyone, without signing in
	also []string // who of them gets a yes for what is a colleague's; nil: all
	id   string   // what {id} is
	not  bool     // what {id} is belongs to nobody who asks: it is not there
}

// forMates is who gets a yes for what is a colleague's.
func (r row) forMates() []string {
	if r.also == nil {
		return r.who
	}
	return r.also
}

var (
	everyone = []string{access.Participant, access.Peer, access.Supervisor, access.Coordinator, access.Evaluator, access.Administrator}
	walkers  = []string{access.Peer, access.Supervisor, access.Coordinator}
	persons  = []string{access.Participant}
	leads    = []string{access.Supervisor, access.Coordinator}
	admins   = []string{access.Administrator}
	checkers = []string{access.Supervisor, access.Coordinator, access.Administrator}
	makers   = []string{access.Coordinator, access.Administrator}
	rotas    = []string{access.Coordinator}
	peers    = []string{access.Peer, access.Supervisor}
	standIns = []string{access.Supervisor}
)

// routeTable has a row for every route of the program. A route without one
// fails the test, and so does a row without a route.
func routeTable() map[string]row {
	return map[string]row{
		"GET /sign-in":               {},
		"POST /sign-in":              {},
		"GET /sign-in/link/{token}":  {},
		"POST /sign-in/link/{token}": {},
		"GET /sign-in/passkey.js":    {},
		"POST /sign-in/passkey/ask":  {},
		"POST /sign-in/passkey":      {},
		"GET /sign-in/card":          {},
		"POST /sign-in/card":         {},
		"POST /sign-out":             {},

		"GET /sign-in/role":                 {who: everyone},
		"POST /sign-in/role":                {who: everyone},
		"GET /account":                      {who: everyone},
		"POST /account":                     {who: everyone},
		"POST /account/passkey/ask":         {who: everyone},
		"POST /account/passkey":             {who: everyone},
		"POST /account/passkey/{id}/drop":   {who: everyone, id: "handoff"},
		"GET /account/password":             {who: everyone},
		"POST /account/password":            {who: everyone},
		"POST /account/password/drop":       {who: everyone},
		"POST /account/card/drop":           {who: everyone},
		"GET /account/sign-ins":             {who: everyone},
		"POST /account/sign-ins/end-others": {who: everyone},
		"POST /account/sign-ins/{id}/end":   {who: everyone, id: "session"},

		"GET /accounts":              {who: admins},
		"GET /accounts/invite":       {who: admins},
		"POST /accounts/invite":      {who: admins},
		"GET /accounts/{id}":         {who: admins, id: "account"},
		"POST /accounts/{id}/link":   {who: admins, id: "account"},
		"POST /accounts/{id}/roles":  {who: admins, id: "account"},
		"POST /accounts/{id}/pause":  {who: admins, id: "account"},
		"POST /accounts/{id}/reopen": {who: admins, id: "account"},
		"POST /accounts/{id}/until":  {who: admins, id: "account"},

		"GET /ask/{token}":                  {},
		"POST /ask/{token}":                 {},
		"POST /ask/{token}/code":            {},
		"GET /asked/{token}":                {},
		"GET /asked/{token}/live":           {},
		"POST /asked/{token}/{step}":        {},
		"GET /own/{token}":                  {},
		"GET /own/{token}/live":             {},
		"POST /own/{token}/{step}":          {},
		"GET /service/{token}":              {},
		"POST /service/{token}/bind":        {},
		"POST /service/{token}/room":        {},
		"POST /service/{token}/{id}/{step}": {id: "handoff"},
		"GET /rota/calendar/{token}":        {},
		"GET /evidence":                     {},

		"GET /consents":                          {who: walkers},
		"GET /consents/{person}":                 {who: walkers, also: leads},
		"GET /consents/{person}/new":             {who: walkers, also: leads},
		"POST /consents/{person}/new":            {who: walkers, also: leads},
		"GET /consents/{person}/{id}/read-back":  {who: walkers, also: leads, id: "consent"},
		"POST /consents/{person}/{id}/read-back": {who: walkers, also: leads, id: "consent"},
		"POST /consents/{person}/{id}/take-back": {who: walkers, id: "consent"},
		"GET /consents/{person}/{id}/copy":       {who: walkers, also: leads, id: "consent"},
		"POST /consents/{person}/{id}/end":       {who: walkers, id: "consent"},
		"POST /consents/{person}/treats":         {who: walkers, not: true},

		"GET /emergency/{person}":       {who: walkers},
		"POST /emergency/{person}":      {who: walkers},
		"GET /emergencies":              {who: leads},
		"POST /emergencies/{id}/review": {who: leads, id: "handoff"},
		"GET /if-asked":                 {who: walkers},
		"GET /demands":                  {who: leads},
		"POST /demands":                 {who: leads},
		"POST /demands/{id}/decide":     {who: leads, id: "handoff"},
		"POST /demands/{id}/obey":       {who: leads, id: "handoff"},

		"GET /organisation":         {who: admins},
		"POST /organisation/law":    {who: admins},
		"POST /organisation/minors": {who: admins},
		"POST /organisation/clock":  {who: admins},

		"GET /agreements":               {who: checkers},
		"POST /agreements/new":          {who: admins},
		"POST /agreements/{id}/approve": {who: leads, id: "handoff"},
		"POST /agreements/{id}/end":     {who: checkers, id: "handoff"},
		"GET /checked/{person}":         {who: leads},
		"POST /checked/{person}":        {who: leads},

		"GET /mine":                          {who: persons},
		"GET /mine/looks":                    {who: persons},
		"GET /mine/consents/{id}":            {who: persons, id: "consent", not: true},
		"POST /mine/consents/{id}/take-back": {who: persons, id: "consent", not: true},
		"GET /mine/consents/{id}/copy":       {who: persons, id: "consent", not: true},
		"GET /mine/allow":                    {who: persons, not: true},
		"POST /mine/allow":                   {who: persons, not: true},

		"GET /mine/held":            {who: persons},
		"GET /mine/wrong":           {who: persons, not: true},
		"POST /mine/wrong":          {who: persons, not: true},
		"GET /mine/receipts":        {who: persons},
		"GET /mine/receipts/{leaf}": {who: persons, not: true},
		"GET /mine/take":            {who: persons},
		"POST /mine/take":           {who: persons, not: true},
		"GET /mine/leave":           {who: persons},
		"POST /mine/leave":          {who: persons},
		"GET /said":                 {who: walkers},
		"POST /said/{id}/answer":    {who: walkers, id: "handoff"},

		"GET /board":                    {who: walkers},
		"GET /board/live":               {who: walkers},
		"GET /board/files":              {who: walkers},
		"GET /board/kept":               {who: walkers},
		"GET /board/newest":             {who: walkers},
		"GET /board/phone":              {who: walkers},
		"POST /board/phone":             {who: walkers},
		"GET /handoff/{id}":             {who: walkers, id: "handoff"},
		"GET /handoff/{id}/live":        {who: walkers, id: "handoff"},
		"GET /handoff/{id}/card":        {who: walkers, also: leads, id: "handoff"},
		"POST /handoff/{id}/card":       {who: walkers, also: leads, id: "handoff"},
		"POST /handoff/{id}/{step}":     {who: walkers, also: peers, id: "handoff"}, // the step is a yes, which a coordinator does not say
		"GET /handoff/{id}/entry/{seq}": {who: walkers, id: "handoff"},

		"GET /followups":               {who: walkers},
		"POST /followups/{id}/{which}": {who: walkers, id: "handoff"},
		"GET /followups/programme":     {who: rotas},
		"POST /followups/programme":    {who: rotas},

		"GET /people":                          {who: walkers},
		"POST /people":                         {who: walkers},
		"GET /people/duplicates":               {who: leads},
		"POST /people/duplicates":              {who: leads, not: true},
		"GET /people/{person}":                 {who: walkers, also: leads},
		"GET /people/{person}/edit":            {who: walkers, also: leads},
		"POST /people/{person}/edit":           {who: walkers, also: leads},
		"GET /people/{person}/card":            {who: walkers, also: leads},
		"POST /people/{person}/card":           {who: walkers, also: leads},
		"POST /people/{person}/part":           {who: leads, not: true},
		"GET /overview":                        {who: leads},
		"GET /overview/live":                   {who: leads},
		"GET /overview/courses":                {who: leads},
		"POST /overview/told/{handoff}/{peer}": {who: leads, not: true},
		"GET /overview/peers":                  {who: []string{access.Supervisor}},
		"GET /overview/peers/{account}":        {who: []string{access.Supervisor}, not: true},
		"POST /overview/peers/{account}":       {who: []string{access.Supervisor}, not: true},
		"GET /figures":                         {who: []string{access.Supervisor, access.Coordinator, access.Evaluator}},

		"GET /places":                    {who: makers},
		"GET /places/site/{id}":          {who: makers, id: "site"},
		"POST /places/site/{id}":         {who: makers, id: "site"},
		"POST /places/site/{id}/link":    {who: makers, id: "site"},
		"GET /places/service/{id}":       {who: makers, id: "service"},
		"POST /places/service/{id}":      {who: makers, id: "service"},
		"POST /places/service/{id}/link": {who: makers, id: "service"},

		"GET /rota/push.js":                    {},
		"GET /rota/alone":                      {who: peers},
		"POST /rota/alone":                     {who: peers},
		"POST /rota/alone/fine":                {who: peers},
		"POST /rota/alone/shift":               {who: peers},
		"POST /rota/alone/{peer}/reached":      {who: leads, not: true},
		"GET /rota/hard":                       {who: walkers},
		"POST /rota/hard":                      {who: walkers},
		"GET /rota/talk/{peer}":                {who: leads, not: true},
		"POST /rota/talk/{peer}/talked":        {who: leads},
		"POST /rota/self":                      {who: walkers},
		"GET /rota/ladder":                     {who: rotas},
		"POST /rota/ladder":                    {who: rotas},
		"GET /rota":                            {who: leads},
		"POST /rota/add":                       {who: rotas},
		"GET /rota/turn/{shift}/{day}":         {who: rotas, not: true},
		"POST /rota/turn/{shift}/{day}/{what}": {who: rotas, not: true},
		"GET /rota/mine":                       {who: walkers},
		"GET /rota/mine/live":                  {who: walkers},
		"POST /rota/off":                       {who: walkers},
		"POST /rota/off/{away}/back":           {who: walkers, not: true},
		"POST /rota/languages":                 {who: walkers},
		"POST /rota/feed":                      {who: walkers},
		"POST /rota/reach/{channel}":           {who: walkers},
		"POST /rota/reach/{device}/remove":     {who: walkers, not: true},
		"POST /rota/reach/{device}/try":        {who: walkers, not: true},
		"GET /channels":                        {who: admins},
		"POST /channels/{channel}/open":        {who: admins},
		"POST /channels/{channel}/shut":        {who: admins},
		"GET /o/{token}":                       {who: walkers, not: true},
		"POST /rota/asked/{handoff}/{answer}":  {who: peers, not: true},

		"GET /today":                           {who: peers},
		"POST /today/later":                    {who: peers, not: true},
		"GET /caseload":                        {who: peers},
		"GET /walk/{person}":                   {who: peers, also: standIns},
		"GET /walk/{person}/note":              {who: peers, also: standIns},
		"POST /walk/{person}/note":             {who: peers, also: standIns},
		"GET /walk/{person}/contact/{contact}": {who: peers, also: standIns, not: true},
		"GET /walk/{person}/before/{contact}":  {who: peers, also: standIns, not: true},
		"POST /outbox":                         {},
		"POST /outbox/stands":                  {},
		"GET /outbox/slip":                     {who: []string{access.Participant}},
		"GET /outbox/key":                      {who: walkers},
		"GET /kept":                            {who: walkers},
		"POST /kept/placed":                    {who: walkers, not: true},
		"POST /kept/hours":                     {who: rotas},

		"GET /cards":                                 {who: walkers},
		"POST /cards":                                {who: walkers},
		"GET /cards/new":                             {who: peers},
		"POST /cards/new":                            {who: peers},
		"GET /cards/{card}":                          {who: walkers, not: true},
		"GET /cards/{card}/show":                     {who: walkers, not: true},
		"GET /cards/{card}/show/{lang}":              {who: walkers, not: true},
		"GET /cards/{card}/version/{number}":         {who: walkers, not: true},
		"POST /cards/{card}/version/{number}/review": {who: peers, not: true},
		"GET /cards/{card}/write":                    {who: peers, not: true},
		"POST /cards/{card}/write":                   {who: peers, not: true},
		"GET /walk/{person}/cards":                   {who: peers, also: standIns},
		"POST /walk/{person}/cards":                  {who: peers, also: standIns},
		"GET /mine/cards":                            {who: persons},
		"POST /mine/cards":                           {who: persons},
		"GET /mine/cards/{card}":                     {who: persons, not: true},
		"GET /mine/cards/{card}/{lang}":              {who: persons, not: true},
		"POST /mine/cards/{gift}/away":               {who: persons, not: true},
		"GET /walk/{person}/notes":                   {who: peers, also: standIns},
		"POST /walk/{person}/notes":                  {who: peers, also: standIns},
		"GET /walk/{person}/notes/{note}":            {who: peers, also: standIns, not: true},
		"POST /walk/{person}/notes/{note}/{step}":    {who: peers, also: standIns, not: true},
		"GET /mine/notes":                            {who: persons, not: true}, // the account is nobody's own
		"POST /mine/notes":                           {who: persons, not: true},
		"GET /mine/notes/{note}":                     {who: persons, not: true},
		"POST /mine/notes/{note}/{step}":             {who: persons, not: true},
		"GET /context/{token}":                       {},
		"POST /context/{token}/bind":                 {},

		"GET /moment/{token}":          {},
		"POST /moment/{token}":         {},
		"GET /moments/{token}":         {},
		"GET /moments/{token}/live":    {},
		"POST /moments/{token}/{step}": {},
		"GET /live":                    {who: walkers},
		"GET /live/{live}":             {who: walkers, not: true},
		"POST /live/{live}/{step}":     {who: walkers, not: true},

		"GET /advice":                  {who: walkers},
		"POST /advice/new":             {who: peers},
		"POST /advice/{advice}/became": {who: peers, not: true},
		"GET /walk/{person}/advice":    {who: peers, also: standIns},
		"POST /walk/{person}/advice":   {who: peers, also: standIns},
		"GET /today/own":               {who: peers},
		"POST /today/own":              {who: peers},
		"POST /today/own/{own}/gone":   {who: peers, not: true},

		"GET /my-pages":                 {who: peers},
		"POST /my-pages":                {who: peers},
		"GET /my-pages/all":             {who: peers},
		"POST /my-pages/take":           {who: peers},
		"POST /my-pages/erase-all":      {who: peers},
		"GET /my-pages/{entry}":         {who: peers, not: true}, // what is a colleague's is in TestNobodyOpensAnothersPages
		"POST /my-pages/{entry}/change": {who: peers, not: true},
		"POST /my-pages/{entry}/erase":  {who: peers, not: true},
		"POST /my-pages/{entry}/say":    {who: peers, not: true},
		"POST /my-pages/{entry}/invite": {who: peers, not: true},
		"POST /my-pages/{entry}/leave":  {who: peers, not: true},

		"GET /coverage":         {who: leads},
		"POST /coverage/match":  {who: leads, not: true},
		"GET /coverage/new":     {who: leads},
		"POST /coverage/new":    {who: leads},
		"POST /coverage/limits": {who: rotas},
		"GET /quiet":            {who: peers},

		"POST /text-in/{token}":                           {},
		"GET /texts":                                      {who: rotas},
		"POST /texts/{textin}/place":                      {who: rotas, not: true},
		"POST /texts/{textin}/throw":                      {who: rotas, not: true},
		"POST /walk/{person}/text":                        {who: peers, also: standIns},
		"GET /walk/{person}/plan":                         {who: peers, also: standIns},
		"POST /walk/{person}/plan/part/{part}":            {who: peers, also: standIns, not: true},
		"POST /walk/{person}/plan/stone":                  {who: peers, also: standIns},
		"POST /walk/{person}/plan/stone/{stone}/{how}":    {who: peers, also: standIns, not: true},
		"POST /walk/{person}/plan/carry":                  {who: peers, also: standIns},
		"GET /walk/{person}/hard":                         {who: peers, also: standIns},
		"GET /walk/{person}/diary":                        {who: peers, also: standIns},
		"POST /walk/{person}/diary":                       {who: peers, also: standIns},
		"POST /walk/{person}/diary/remind":                {who: peers, also: standIns},
		"POST /walk/{person}/diary/{appointment}/{step}":  {who: peers, also: standIns, not: true},
		"GET /walk/{person}/diary/{appointment}/calendar": {who: peers, also: standIns, not: true},
		"GET /mine/plan":                                  {who: persons, not: true}, // the account is nobody's own
		"POST /mine/plan/part/{part}":                     {who: persons, not: true},
		"POST /mine/plan/stone":                           {who: persons, not: true},
		"POST /mine/plan/stone/{stone}/{how}":             {who: persons, not: true},
		"POST /mine/plan/carry":                           {who: persons, not: true},
		"GET /mine/hard":                                  {who: persons, not: true},
		"GET /mine/diary":                                 {who: persons, not: true},
		"POST /mine/diary/remind":                         {who: persons, not: true},
		"POST /mine/diary/{appointment}/{step}":           {who: persons, not: true},
		"GET /mine/diary/{appointment}/calendar":          {who: persons, not: true},
		"POST /mine/walk/{walk}/hello":                    {who: persons, not: true},
		"POST /mine/walk/{walk}/change":                   {who: persons, not: true},
	}
}
