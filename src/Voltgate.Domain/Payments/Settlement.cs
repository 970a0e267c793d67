using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Payments;

/// <summary>
/// Settles a wallet session: pure, and in the step that ends the session, so that the end and the money are one commit.
/// What is captured never exceeds the hold, which is why no wallet falls below zero.
/// </summary>
public static class Settlement
{
    /// <summary>The session with its payment as it now stands, and what moves; null: nothing does.</summary>
    public static (Session Session, WalletMove? Move) Of(Session session, long nowMs)
    {
        if (session.Payment is not { } payment || session.IsOpen) return (session, null);
        var cost = MinorUnits.OfMicros(session.CostMicros, payment.Currency);
        return payment.Status == PaymentStatus.Authorized
            ? Capture(session, payment, cost, nowMs)
            : Correct(session, payment, cost, nowMs);
    }

    private static (Session, WalletMove?) Capture(Session session, SessionPayment payment, long cost, long nowMs)
    {
        var captured = Math.Min(cost, payment.Authorized);
        return Settled(session, payment, cost, captured, released: payment.Authorized, nowMs);
    }

    /// <summary>
    /// A late stop changed the bill. The hold is gone: what was taken too much goes back, what is missing stays
    /// uncollected.
    /// </summary>
    private static (Session, WalletMove?) Correct(Session session, SessionPayment payment, long cost, long nowMs)
    {
        var captured = Math.Min(cost, payment.Captured);
        return captured == payment.Captured && cost - captured == payment.Uncollected
            ? (session, null)
            : Settled(session, payment, cost, captured, released: 0, nowMs);
    }

    private static (Session, WalletMove?) Settled(
        Session session, SessionPayment payment, long cost, long captured, long released, long nowMs)
    {
        var settled = payment with
        {
            Status = captured > 0 ? PaymentStatus.Captured : PaymentStatus.Canceled,
            Captured = captured,
            Uncollected = cost - captured,
            UpdatedAtMs = nowMs,
        };
        return (session with { Payment = settled },
            new WalletMove(settled, session.Id, captured - payment.Captured, released));
    }
}
