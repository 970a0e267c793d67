namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// The store's files as a disk would hold them after a power cut: everything up to a file's last sync, and of what came
/// later a random part in a random order.
/// </summary>
internal sealed class PowerCut(Random chance)
{
    private sealed class Shelf
    {
        public byte[] Durable = [];
        public readonly List<Deed> Pending = [];
    }

    private readonly Dictionary<string, Shelf> shelves = [];

    public void Take(Deed deed)
    {
        switch (deed)
        {
            case Deed.Wrote wrote:
                ShelfOf(wrote.File).Pending.Add(wrote);
                break;
            case Deed.Truncated truncated:
                ShelfOf(truncated.File).Pending.Add(truncated);
                break;
            case Deed.Synced synced when IsKept(synced.File):
                var shelf = ShelfOf(synced.File);
                foreach (var pending in shelf.Pending) shelf.Durable = Apply(shelf.Durable, pending);
                shelf.Pending.Clear();
                break;
        }
    }

    /// <summary>Lays the files into the folder; the path of the store.</summary>
    public string Leave(string folder)
    {
        foreach (var (file, shelf) in shelves.Where(s => IsKept(s.Key)))
        {
            var survivors = shelf.Pending.Where(_ => chance.Next(2) == 0).ToArray();
            chance.Shuffle(survivors);
            var content = survivors.Length == 0 ? shelf.Durable : [.. shelf.Durable];
            foreach (var survivor in survivors) content = Apply(content, survivor);
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), content);
        }

        return Path.Combine(folder, "voltgate.db");
    }

    // The index in shared memory is rebuilt from the log, and the journal is gone before the log begins.
    private static bool IsKept(string file) =>
        file.EndsWith("voltgate.db", StringComparison.Ordinal) || file.EndsWith("-wal", StringComparison.Ordinal);

    private Shelf ShelfOf(string file)
    {
        if (!shelves.TryGetValue(file, out var shelf)) shelves[file] = shelf = new Shelf();
        return shelf;
    }

    private static byte[] Apply(byte[] content, Deed deed)
    {
        if (deed is Deed.Truncated { Length: var length })
        {
            Array.Resize(ref content, (int)length);
            return content;
        }

        var wrote = (Deed.Wrote)deed;
        var end = (int)wrote.At + wrote.Bytes.Length;
        if (end > content.Length) Array.Resize(ref content, end);
        wrote.Bytes.CopyTo(content, (int)wrote.At);
        return content;
    }
}
