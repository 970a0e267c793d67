using System.Buffers.Binary;

namespace Voltgate.Server.Hosting;

/// <summary>What a client offers at the beginning of a TLS connection, as numbers of the IANA registries.</summary>
/// <param name="NewestVersion">0x0304 is TLS 1.3, 0x0303 is 1.2, 0x0302 is 1.1.</param>
internal sealed record ClientHello(
    int NewestVersion, IReadOnlySet<int> Suites, IReadOnlySet<int> Signatures, IReadOnlySet<int> Groups)
{
    private const int SupportedGroups = 10;
    private const int SignatureAlgorithms = 13;
    private const int SupportedVersions = 43;

    /// <summary>The hello in a TLS record (RFC 8446 §4.1.2); null: there is none that can be read.</summary>
    public static ClientHello? Of(ReadOnlySpan<byte> record)
    {
        // Record: type 22, version, length. Handshake: type 1, length, then the hello.
        var reader = new Reader(record);
        if (reader.Number(1) != 22) return null;
        reader.Skip(4);
        if (reader.Number(1) != 1) return null;
        reader.Skip(3);
        var version = reader.Number(2);
        reader.Skip(32);
        reader.Skip(reader.Number(1));
        var suites = reader.Block(2).Numbers(2);
        reader.Skip(reader.Number(1));
        if (reader.IsBroken) return null;

        HashSet<int> signatures = [], groups = [], versions = [version];
        var extensions = reader.IsAtEnd ? default : reader.Block(2);
        while (!extensions.IsAtEnd)
        {
            var kind = extensions.Number(2);
            var body = extensions.Block(2);
            if (kind == SignatureAlgorithms) signatures = body.Block(2).Numbers(2);
            else if (kind == SupportedGroups) groups = body.Block(2).Numbers(2);
            else if (kind == SupportedVersions) versions = body.Block(1).Numbers(2);
        }

        // RFC 8701: numbers such as 0x0a0a mean nothing and keep servers from choking on what they do not know.
        versions.RemoveWhere(v => (v & 0x0f0f) == 0x0a0a);
        return new ClientHello(versions.DefaultIfEmpty(version).Max(), suites, signatures, groups);
    }

    /// <summary>Reads on past the end as zeros, and remembers that it did.</summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public bool IsBroken { get; private set; }

        public readonly bool IsAtEnd => rest.IsEmpty;

        public void Skip(int count) => Take(count);

        public int Number(int size)
        {
            var taken = Take(size);
            return taken.Length < size ? 0 : size == 1 ? taken[0] : BinaryPrimitives.ReadUInt16BigEndian(taken);
        }

        public Reader Block(int lengthSize) => new(Take(Number(lengthSize)));

        public HashSet<int> Numbers(int size)
        {
            var numbers = new HashSet<int>();
            while (!IsAtEnd) numbers.Add(Number(size));
            return numbers;
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > rest.Length) (IsBroken, count) = (true, rest.Length);
            var taken = rest[..count];
            rest = rest[count..];
            return taken;
        }
    }
}
