using Voltgate.Domain.Access;
using Voltgate.Domain.Events;

namespace Voltgate.Domain.Stations;

/// <summary>Whether a tag may charge (OCPP 1.6 §4.2 Authorize, §7.2).</summary>
internal static class TokenMachine
{
    /// <summary>A tag is shown; a contract's certificates must be good before it is looked at (2.0.1 C07).</summary>
    public static void Present(Decision decision, TokenPresented presented)
    {
        var contract = presented.Contract is null
            ? default(ContractVerdict?)
            : (presented.Advice ?? ContractAdvice.None).Verdict;
        var verdict = contract is null or ContractVerdict.Accepted
            ? Judge(decision, presented.IdTag)
            : Authorization.Invalid;
        decision.Reply = new TokenJudged(verdict, GrantOf(decision.Known.Token, verdict)) { Contract = contract };
    }

    /// <summary>The verdict on a tag that begins a session.</summary>
    public static Authorization Admit(Decision decision, string idTag, string session)
    {
        var verdict = Judge(decision, idTag);
        return verdict == Authorization.Accepted && IsBusy(decision, idTag, session)
            ? Authorization.ConcurrentTx
            : verdict;
    }

    /// <summary>The verdict on a tag that is shown. ConcurrentTx is for starts only (OCPP 1.6 §7.2).</summary>
    public static Authorization Judge(Decision decision, string idTag)
    {
        if (decision.Known.Token is not { } token)
        {
            decision.Raise(new UnknownTokenEvent(idTag));
            return Authorization.Invalid;
        }

        return VerdictOn(token, decision.NowMs);
    }

    public static Authorization VerdictOn(TokenFacts? token, long nowMs) => token switch
    {
        null => Authorization.Invalid,
        { Active: false } or { UserActive: false } => Authorization.Blocked,
        { ExpiresAtMs: { } expiry } when expiry <= nowMs => Authorization.Expired,
        _ => Authorization.Accepted,
    };

    /// <summary>What the station is told of a tag beside the verdict; null: nothing.</summary>
    public static TagGrant? GrantOf(TokenFacts? token, Authorization? verdict) =>
        verdict == Authorization.Accepted && token is not (null or { Group: null, ExpiresAtMs: null })
            ? new TagGrant(token.Group, token.ExpiresAtMs)
            : null;

    /// <summary>OCPP 1.6 §7.2 ConcurrentTx, where the operator allows one session a token.</summary>
    private static bool IsBusy(Decision decision, string idTag, string exceptSession)
    {
        if (decision.Known.Token?.AllowsConcurrent ?? decision.Known.Rules.AllowConcurrentTokens) return false;
        return decision.Known.TokenChargesElsewhere
            || decision.Station.Sessions.Any(s =>
                s.Status == Sessions.SessionStatus.Started && s.Id != exceptSession && Same(s.IdTag, idTag));
    }

    /// <summary>OCPP 1.6 §7.15: idTag is a CiString, its case does not matter.</summary>
    public static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
