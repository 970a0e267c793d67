using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Wallets;

/// <summary>`voltgate ledger verify` finds every kind of difference.</summary>
public sealed class LedgerTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_does_not_add_up_is_named(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        (await Purse.Start(stage)).MustBe(201);
        Assert.Equal((0, "1 wallets and 1 transfers agree"), await Verify(stage, provider));

        (string Break, string Mend, string Said)[] cases =
        [
            ("update wallets set balance = balance + 1", "update wallets set balance = balance - 1",
                "has a balance of"),
            ("update wallets set held = held - 1", "update wallets set held = held + 1", "holds 4999"),
            ("update ledger_entries set amount = amount + 1 where account = 'provider:manual'",
                "update ledger_entries set amount = amount - 1 where account = 'provider:manual'", "adds up to 1"),
            ("update ledger_transfers set amount = amount - 1", "update ledger_transfers set amount = amount + 1",
                "its entry says 5000"),
        ];
        foreach (var (breaking, mending, said) in cases)
        {
            await Run(stage, breaking);
            var (code, told) = await Verify(stage, provider);
            Assert.Equal(65, code);
            Assert.Contains(said, told, StringComparison.Ordinal);
            await Run(stage, mending);
        }

        Assert.Equal(0, (await Verify(stage, provider)).Code);
    }

    private static async Task Run(Stage stage, string sql)
    {
        var committer = stage.Server.Services.GetRequiredService<Committer>();
        Assert.Equal(CommitStatus.Done, await committer.Commit([Statement.Of(sql)]));
    }

    private static async Task<(int Code, string Said)> Verify(Stage stage, string provider)
    {
        var (code, said) = await BuiltProgram.Run(
            "ledger", "verify", "--set", "Storage:Provider=" + provider, "--set",
            "Storage:ConnectionString=" + stage.Server.ConnectionString);
        return (code, said.Trim());
    }
}
