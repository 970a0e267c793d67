using Voltgate.Domain.Events;

namespace Voltgate.Domain.Stations;

/// <summary>Whether a tag may charge (OCPP 1.6 §4.2 Authorize, §7.2).</summary>
internal static class TokenMachine
{
    public static Authorization Judge(Decision decision, string idTag, string? exceptSession = null)
    {
        if (decision.Known.Token is not { } token)
        {
            decision.Raise(new UnknownTokenEvent(idTag));
            return Authorization.Invalid;
        }

        if (!token.Active || !token.UserActive) return Authorization.Blocked;
        if (token.ExpiresAtMs is { } expiry && expiry <= decision.NowMs) return Authorization.Expired;
        return IsBusy(decision, idTag, exceptSession) ? Authorization.ConcurrentTx : Authorization.Accepted;
    }

    /// <summary>OCPP 1.6 §7.2 ConcurrentTx, where the operator allows one session a token.</summary>
    private static bool IsBusy(Decision decision, string idTag, string? exceptSession)
    {
        if (decision.Known.Rules.AllowConcurrentTokens) return false;
        return decision.Known.TokenChargesElsewhere
            || decision.Station.Sessions.Any(s =>
                s.Status == Sessions.SessionStatus.Started && s.Id != exceptSession && Same(s.IdTag, idTag));
    }

    /// <summary>OCPP 1.6 §7.15: idTag is a CiString, its case does not matter.</summary>
    public static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
