namespace Voltgate.Server.Webhooks;

/// <summary>What a webhook listens to: <c>*</c>, <c>session.*</c>, <c>session.ended</c>.</summary>
internal static class EventPattern
{
    public static bool Matches(string pattern, string type) =>
        pattern == "*" || pattern == type
        || (pattern.EndsWith(".*", StringComparison.Ordinal)
            && type.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal));
}
