using System.ComponentModel;

namespace Voltgate.Server.Resources;

/// <summary>The answer of <c>POST /oauth/token</c>.</summary>
internal sealed record AccessTokenResource(
    string AccessToken, [property: Description("Seconds.")] long ExpiresIn, string TokenType, string Scope);

/// <summary>Everything that is kept of a driver.</summary>
internal sealed record UserExportResource(
    UserResource User,
    IReadOnlyList<TokenResource> Tokens,
    IReadOnlyList<SessionResource> Sessions,
    IReadOnlyList<ReservationResource> Reservations,
    IReadOnlyList<PaymentResource> Payments,
    IReadOnlyList<TopUpResource> TopUps,
    WalletResource? Wallet);
