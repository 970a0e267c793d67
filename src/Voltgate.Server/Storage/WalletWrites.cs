using Voltgate.Domain.Payments;
using Voltgate.Domain.Sessions;

namespace Voltgate.Server.Storage;

/// <summary>A booking: what a wallet gains, and the accounts that the money comes from.</summary>
/// <param name="Type">top_up, capture, refund, adjustment.</param>
/// <param name="Amount">Minor units; what the wallet gains.</param>
/// <param name="Accounts">The other accounts and what each gains; together the opposite of Amount.</param>
internal sealed record Booking(
    string Id, string Organization, string Type, string Wallet, string Currency, long Amount,
    IReadOnlyList<(string Account, long Amount)> Accounts, long AtMs)
{
    /// <summary>The payment or the top-up that it is about.</summary>
    public string Reference { get; init; } = "";

    public string Note { get; init; } = "";
}

/// <summary>The rows of money: wallets, holds and the ledger, always in the commit of what moves them.</summary>
internal static class WalletWrites
{
    public static Statement Open(string wallet, string organization, string currency, long nowMs) => Statement.Of(
        "insert into wallets (id, organization, currency, balance, held, version, created_at, updated_at) "
        + "values ($1, $2, $3, 0, 0, 1, $4, $4) on conflict (id) do nothing",
        wallet, organization, currency, nowMs);

    /// <summary>Holds money that was free when the wallet was read; a race makes the unit stale.</summary>
    public static List<Statement> Hold(string organization, SessionPayment payment, long version) =>
    [
        Statement.Fence(
            "update wallets set held = held + $3, version = version + 1 where id = $1 and version = $2",
            payment.Wallet, version, payment.Authorized),
        Statement.Of(
            "insert into wallet_holds (id, organization, wallet, session, amount, created_at) "
            + "values ($1, $2, $3, null, $4, $5)",
            payment.Id, organization, payment.Wallet, payment.Authorized, payment.CreatedAtMs),
    ];

    /// <summary>Gives back a hold that no session took.</summary>
    public static List<Statement> Release(string hold, string wallet, long amount) =>
    [
        Statement.Fence("delete from wallet_holds where id = $1 and session is null", hold),
        Statement.Of(
            "update wallets set held = held - $2, version = version + 1 where id = $1", wallet, amount),
    ];

    /// <summary>The new session takes its hold, and its payment is written.</summary>
    /// <param name="body">The payment as GET shows it.</param>
    public static void Bind(List<Statement> unit, Session session, byte[] body)
    {
        unit.Add(Statement.Fence(
            "update wallet_holds set session = $2 where id = $1 and session is null", session.Payment!.Id, session.Id));
        unit.Add(Put(session, body));
    }

    /// <summary>The end of a session, or its correction: the hold goes, the money moves.</summary>
    /// <param name="id">Of the transfer.</param>
    /// <param name="body">The payment as GET shows it now.</param>
    public static void Settle(List<Statement> unit, Session session, WalletMove move, string id, byte[] body)
    {
        var (payment, at) = (move.Payment, move.Payment.UpdatedAtMs);
        unit.Add(Statement.Of(
            "update wallets set balance = balance - $2, held = held - $3, version = version + 1, updated_at = $4 "
            + "where id = $1",
            payment.Wallet, move.Captured, move.Released, at));
        if (move.Released > 0) unit.Add(Statement.Of("delete from wallet_holds where id = $1", payment.Id));
        if (move.Captured != 0)
            Book(unit, new Booking(
                id, session.Organization, move.Captured > 0 ? "capture" : "refund", payment.Wallet, payment.Currency,
                -move.Captured, [("revenue", move.Captured)], at)
            { Reference = payment.Id });
        unit.Add(Put(session, body));
    }

    /// <summary>
    /// Adds to a wallet, or takes what is free of it; a wallet that has not so much makes the unit stale.
    /// </summary>
    public static void Add(List<Statement> unit, Booking booking)
    {
        unit.Add(Statement.Fence(
            "update wallets set balance = balance + $3, version = version + 1, updated_at = $4 "
            + "where id = $1 and organization = $2 and balance + $3 >= held",
            booking.Wallet, booking.Organization, booking.Amount, booking.AtMs));
        Book(unit, booking);
    }

    private static void Book(List<Statement> unit, Booking b)
    {
        unit.Add(Statement.Of(
            "insert into ledger_transfers (id, organization, type, wallet, currency, amount, reference, note, "
            + "created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            b.Id, b.Organization, b.Type, b.Wallet, b.Currency, b.Amount, b.Reference, b.Note, b.AtMs));
        foreach (var (account, amount) in b.Accounts.Prepend(("wallet:" + b.Wallet, b.Amount)))
            unit.Add(Statement.Of(
                "insert into ledger_entries (transfer, account, amount) values ($1, $2, $3)", b.Id, account, amount));
    }

    /// <summary>How a payment's status lies in the store and on the wire.</summary>
    public static string StatusOf(PaymentStatus status) => status switch
    {
        PaymentStatus.Authorized => "authorized",
        PaymentStatus.Captured => "captured",
        _ => "canceled",
    };

    private static Statement Put(Session s, byte[] body) => Statement.Of(
        "insert into payments (id, organization, session, wallet, driver, status, created_at, updated_at, body) "
        + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set status = excluded.status, "
        + "updated_at = excluded.updated_at, body = excluded.body",
        s.Payment!.Id, s.Organization, s.Id, s.Payment.Wallet, s.User, StatusOf(s.Payment.Status),
        s.Payment.CreatedAtMs, s.Payment.UpdatedAtMs, body);
}
