namespace Voltgate.Server.Api;

/// <summary>Who comes in: known, within the limits, and allowed what the route needs.</summary>
internal sealed class Gate(Authentication authentication, RateLimits limits)
{
    /// <summary>Null: the caller stands in the trail and may go on.</summary>
    public async Task<Refusal?> Admit(HttpContext http, ApiRoute route, AuditTrail trail)
    {
        if (route.Open) return null;
        var who = await authentication.Identify(http, route);
        if (!who.Holds) return who.Refusal;
        trail.Caller = who.Value;
        return limits.Take(http, who.Value, route.Writes) ?? Barred(who.Value, route);
    }

    /// <summary>The one place where scopes and roles decide (docs/roles.md lists what comes of it).</summary>
    private static Refusal? Barred(Caller caller, ApiRoute route)
    {
        if (route.OperatorsOnly && caller.Operator is null) return Refusal.KeysHaveNone;
        return route.Scope is { } scope && !caller.May(scope) ? Refusal.Forbidden(scope) : null;
    }
}
