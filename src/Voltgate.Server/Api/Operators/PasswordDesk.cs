namespace Voltgate.Server.Api;

/// <summary>
/// Where passwords are hashed and compared: slow work, so only a few at a time, and no endless row of waiters. An
/// account that does not exist costs what a wrong password costs.
/// </summary>
internal sealed class PasswordDesk : IDisposable
{
    /// <summary>Who waits longer than these take is told to come again.</summary>
    private const int MaxWaiting = 64;

    private readonly SemaphoreSlim seats = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string nobodys = PasswordHash.Of(Guid.NewGuid().ToString());
    private int waiting;

    /// <param name="stored">What the store has; null or empty: nothing fits, after the same time.</param>
    /// <returns>Null: too many wait.</returns>
    public async Task<bool?> Fits(string password, string? stored)
    {
        var known = stored is { Length: > 0 };
        var fits = await Seated(() => PasswordHash.Fits(password, known ? stored! : nobodys));
        return fits is null ? null : fits.Value && known;
    }

    /// <returns>Null: too many wait.</returns>
    public async Task<string?> Hash(string password)
    {
        var hash = "";
        return await Seated(() => (hash = PasswordHash.Of(password)).Length > 0) is null ? null : hash;
    }

    public void Dispose() => seats.Dispose();

    private async Task<bool?> Seated(Func<bool> work)
    {
        if (Interlocked.Increment(ref waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return null;
        }

        await seats.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            seats.Release();
            Interlocked.Decrement(ref waiting);
        }
    }
}
