using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Domain.Payments;
using Voltgate.Domain.Sessions;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>What a wallet pays for a session. Amounts in units of the currency, which is in lower case.</summary>
/// <param name="AuthorizedAmount">Held from the session's creation on: the most that it may cost.</param>
/// <param name="CapturedAmount">Taken at the session's end.</param>
/// <param name="UncollectedAmount">What flowed beyond the hold before the station stopped.</param>
internal sealed record PaymentResource(
    [property: JsonPropertyName("_id")] string Id,
    string Session,
    string? User,
    string Wallet,
    string Type,
    string Status,
    string Currency,
    [property: Description("In the currency; held: the most that the session may cost.")] decimal AuthorizedAmount,
    [property: Description("In the currency; taken at the end.")] decimal CapturedAmount,
    [property: Description("In the currency; what it cost beyond the hold.")] decimal UncollectedAmount,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt)
{
    public static PaymentResource? Of(Session session) => session.Payment is not { } p ? null : new(
        p.Id, session.Id, session.User, p.Wallet, "api_wallet", WalletWrites.StatusOf(p.Status),
        p.Currency.ToLowerInvariant(),
        MinorUnits.ToUnits(p.Authorized, p.Currency), MinorUnits.ToUnits(p.Captured, p.Currency),
        MinorUnits.ToUnits(p.Uncollected, p.Currency), new WireTime(p.CreatedAtMs), new WireTime(p.UpdatedAtMs));
}
