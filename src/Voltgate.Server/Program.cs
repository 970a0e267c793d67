return await Voltgate.Server.Cli.CommandTable.Run(args);
