namespace Voltgate.Server.Api;

/// <summary>
/// How many commands a caller may give a minute (Api:CommandsPerMinute), so that a key that fell into wrong hands, or
/// a loop gone wild, does not switch a whole fleet at once (reliability O35). What is not used is saved for one minute.
/// </summary>
internal sealed class CommandBudget(ServerOptions options, TimeProvider clock)
{
    private readonly TokenBuckets purses = new(options.Api.CommandsPerMinute, clock);

    /// <summary>Takes one command out of the caller's purse; the refusal where it is empty.</summary>
    public Refusal? Take(Caller caller)
    {
        var wait = purses.Take(caller.Id);
        if (wait == TimeSpan.Zero) return null;
        var seconds = TokenBuckets.Seconds(wait);
        return new Refusal(
            429, "too_many_requests", $"This key may give {purses.PerMinute} commands a minute; go on in {seconds} s.")
        { RetryAfterSeconds = seconds };
    }
}
