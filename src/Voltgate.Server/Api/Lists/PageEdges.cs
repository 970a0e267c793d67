using Microsoft.Extensions.Caching.Memory;

namespace Voltgate.Server.Api;

/// <summary>
/// Remembers for a minute where the pages of a list ended, so that whoever turns them by number starts behind the last
/// one instead of counting from the beginning. A page whose predecessor nobody read is counted off.
/// </summary>
internal sealed class PageEdges : IDisposable
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly MemoryCache edges = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>The edge before this page, or null.</summary>
    public PageEdge? Before(string query, int page) => edges.Get<PageEdge>((query, page - 1));

    public void Keep(string query, PageEdge edge) => edges.Set(
        (query, edge.Page), edge, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Memory });

    public void Dispose() => edges.Dispose();
}
