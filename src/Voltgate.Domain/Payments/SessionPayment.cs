using System.Text.Json.Serialization;

namespace Voltgate.Domain.Payments;

public enum PaymentStatus
{
    /// <summary>The money is held for the session.</summary>
    Authorized,

    /// <summary>The session is over and what it cost was taken.</summary>
    Captured,

    /// <summary>The session is over and nothing was taken: the hold is gone.</summary>
    Canceled,
}

/// <summary>
/// What a wallet pays for a session: a hold from its creation on, a capture with its end. Amounts in whole minor units
/// of the currency (cents).
/// </summary>
/// <param name="Id">Also the id of the hold.</param>
/// <param name="Currency">ISO 4217, upper case: the wallet's.</param>
/// <param name="Authorized">All that the wallet had free when the session was created.</param>
public sealed record SessionPayment(string Id, string Wallet, string Currency, long Authorized, long CreatedAtMs)
{
    public PaymentStatus Status { get; init; } = PaymentStatus.Authorized;

    public long Captured { get; init; }

    /// <summary>What the session cost beyond the hold: energy that flowed before the station stopped.</summary>
    public long Uncollected { get; init; }

    public long UpdatedAtMs { get; init; } = CreatedAtMs;

    /// <summary>The most that the session may cost, in millionths.</summary>
    [JsonIgnore]
    public long BudgetMicros => MinorUnits.ToMicros(Authorized, Currency);
}

/// <summary>Money that moves with a session.</summary>
/// <param name="Captured">Goes from the wallet to the operator; below zero: back to the driver.</param>
/// <param name="Released">The hold that ends; 0: none stood any more.</param>
public sealed record WalletMove(SessionPayment Payment, string Session, long Captured, long Released);
